package dev.creel.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.creel.codegen.EngineChoice;
import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.conformance.Options.UsageException;
import dev.creel.conformance.abi.ComponentAbiSuite;
import dev.creel.conformance.abi.VectorSuite;
import dev.creel.conformance.component.ComponentModelSuite;
import dev.creel.conformance.core.CoreSuite;
import dev.creel.conformance.data.CacheFolder;
import dev.creel.conformance.run.Filter;
import dev.creel.conformance.run.Report;
import dev.creel.conformance.run.Run;
import dev.creel.conformance.run.SkipList;
import dev.creel.conformance.run.Suite;
import dev.creel.conformance.wasi.WasiSuite;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Plays the public suites in a folder: {@code ./creel test conformance}. */
public final class Conformance {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    /** Beside the suites: what made some of them. */
    private static final Set<String> NO_SUITES = Set.of("tools");

    private Conformance() {}

    /** Exits with 0 if nothing failed, 1 if something did, 2 for wrong usage. */
    public static void main(String[] args) throws IOException, InterruptedException {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, UTF_8);
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
        // Guests that never end run on daemon threads.
        System.exit(run(Path.of(System.getProperty("creel.conformance", "../shared/conformance")), out, err, args));
    }

    /** All that the command does; {@code data} is where the suites are unless {@code args} say otherwise. */
    static int run(Path data, PrintStream out, PrintStream err, String... args)
            throws IOException, InterruptedException {
        try {
            var options = Options.parse(data, args);
            var suites = chosen(options);
            out.println("playing " + names(suites) + " of "
                    + options.data().toAbsolutePath().normalize()
                    + ", on the engine " + options.engine().word());
            unknown(options.data()).forEach(name -> out.println("no suite is called " + name + ": left out"));
            out.flush();
            var report = play(options, suites);
            if (report.passed() + report.failed() + report.skipped() == 0) {
                throw new UsageException("nothing matches --filter " + options.filter());
            }
            report.print(out);
            return report.failed() == 0 ? 0 : 1;
        } catch (UsageException e) {
            err.println("creel test conformance: " + e.getMessage());
            err.println(Options.USAGE);
            return 2;
        }
    }

    /** Plays {@code suites}, as the options say. */
    static Report play(Options options, List<Suite> suites) throws IOException, InterruptedException {
        return new Run(
                        options.data(),
                        new Filter(options.filter()),
                        skips(),
                        DEADLINE,
                        Runtime.getRuntime().availableProcessors(),
                        "true".equals(System.getenv("CI")))
                .of(suites);
    }

    /**
     * Every suite that can be played: that of core WebAssembly on each engine and on Chicory's interpreter, all others, as far as they have core modules, on
     * {@code engine}.
     */
    static List<Suite> suites(CacheFolder cache, EngineChoice engine) {
        return List.of(
                new ComponentModelSuite(cache, engine),
                new ComponentAbiSuite(engine),
                new VectorSuite(),
                new WasiSuite("wasi-p1", WasiSuite.Form.MODULE, engine),
                new WasiSuite("wasi-p2", WasiSuite.Form.COMPONENT, engine),
                new WasiSuite("wasi-p3", WasiSuite.Form.COMPONENT, engine),
                new CoreSuite(cache, EngineChoice.CODEGEN.word(), EngineChoice.CODEGEN::engine),
                new CoreSuite(cache, EngineChoice.CHICORY.word(), EngineChoice.CHICORY::engine),
                new CoreSuite(cache, "interpreter", ChicoryEngine::interpreting));
    }

    private static List<Suite> chosen(Options options) throws UsageException {
        var all = suites(CacheFolder.ofUser(), options.engine());
        if (!Files.isDirectory(options.data())) {
            throw new UsageException(
                    "there is no folder " + options.data() + "; name the folder of suites with --data");
        }
        var wanted = all.stream()
                .filter(suite -> options.suite().isEmpty()
                        || options.suite().get().equals(suite.name())
                        || options.suite().get().equals(suite.folder()))
                .toList();
        if (wanted.isEmpty()) {
            throw new UsageException("no suite is called " + options.suite().orElse("") + "; there are " + names(all));
        }
        var there = wanted.stream()
                .filter(suite -> Files.isDirectory(options.data().resolve(suite.folder())))
                .toList();
        if (there.isEmpty()) {
            throw new UsageException(options.data() + " has no folder " + names(wanted));
        }
        return there;
    }

    private static List<String> unknown(Path data) throws IOException {
        var known = suites(CacheFolder.ofUser(), EngineChoice.DEFAULT).stream()
                .map(Suite::folder)
                .collect(Collectors.toSet());
        try (var folders = Files.list(data)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !known.contains(name) && !NO_SUITES.contains(name))
                    .sorted()
                    .toList();
        }
    }

    private static SkipList skips() throws IOException {
        try (var in = Conformance.class.getResourceAsStream("skipped.md")) {
            if (in == null) {
                throw new IllegalStateException("no resource skipped.md");
            }
            return SkipList.parse(new String(in.readAllBytes(), UTF_8));
        }
    }

    private static String names(List<Suite> suites) {
        return suites.stream().map(Suite::name).collect(Collectors.joining(", "));
    }
}

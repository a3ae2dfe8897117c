package dev.creel.conformance.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.creel.conformance.run.MissingToolException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Turns {@code .wast} scripts into binaries and a {@code script.json}, with Node.js and the encoder of a published package, which is fetched
 * once into the cache. Scripts that were converted before need neither.
 *
 * @param cache where all of it goes
 */
public record WastConversion(CacheFolder cache) {
    private static final String ENCODER = "@bytecodealliance/jco-transpile";
    private static final String ENCODER_VERSION = "0.8.0";
    private static final long MINUTES_MAX = 5;
    private static final int OUTPUT_SHOWN_MAX = 600;

    /** Each script's folder, in the order of {@code scripts}. */
    public Map<Path, Path> converted(List<Path> scripts) throws IOException, MissingToolException {
        var converter = resource("wast-to-json.mjs");
        var folders = new LinkedHashMap<Path, Path>();
        var missing = new LinkedHashMap<Path, String>();
        for (var script : scripts) {
            var key = CacheFolder.key(Files.readAllBytes(script), converter, ENCODER_VERSION.getBytes(UTF_8));
            folders.put(script, cache.entry("wast", key));
            if (!Files.isDirectory(folders.get(script))) {
                missing.put(script, key);
            }
        }
        if (!missing.isEmpty()) {
            convert(missing, converter);
        }
        return folders;
    }

    private void convert(Map<Path, String> missing, byte[] converter) throws IOException, MissingToolException {
        var encoder = encoder();
        var work = Files.createTempDirectory("creel-wast");
        try {
            var program = Files.write(work.resolve("wast-to-json.mjs"), converter);
            var command = new ArrayList<>(List.of("node", program.toString(), encoder.toString()));
            for (var script : missing.keySet()) {
                command.add(script.toAbsolutePath().toString());
                command.add(work.resolve(missing.get(script)).toString());
            }
            execute(command, "convert .wast scripts");
            for (var key : missing.values()) {
                cache.entry("wast", key, folder -> copy(work.resolve(key), folder));
            }
        } finally {
            CacheFolder.delete(work);
        }
    }

    private Path encoder() throws IOException, MissingToolException {
        var entry = cache.entry(
                "tools",
                "jco-transpile-" + ENCODER_VERSION,
                folder -> execute(
                        List.of(
                                "npm",
                                "install",
                                "--ignore-scripts",
                                "--no-audit",
                                "--no-fund",
                                "--prefix",
                                folder.toString(),
                                ENCODER + "@" + ENCODER_VERSION),
                        "fetch the encoder of .wast scripts"));
        return entry.resolve("node_modules/" + ENCODER + "/vendor/wasm-tools.js");
    }

    private static void execute(List<String> command, String purpose) throws IOException, MissingToolException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new MissingToolException(
                    "no " + command.getFirst() + " to " + purpose + ": install Node.js 20 or newer with npm");
        }
        process.getOutputStream().close();
        // Ends what hangs, which ends its output too.
        Thread.ofVirtual().start(() -> end(process));
        var output = text(process.getInputStream());
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command.getFirst() + " could not " + purpose + ": " + output.strip());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void end(Process process) {
        try {
            if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }

    private static String text(InputStream stream) throws IOException {
        var text = new String(stream.readAllBytes(), UTF_8);
        return text.substring(0, Math.min(text.length(), OUTPUT_SHOWN_MAX));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.list(from)) {
            for (var file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = WastConversion.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return in.readAllBytes();
        }
    }
}

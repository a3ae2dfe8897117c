package dev.creel.conformance.wasi;

import dev.creel.codegen.EngineChoice;
import dev.creel.component.core.TrapException;
import dev.creel.component.host.Store;
import dev.creel.conformance.core.Unlimited;
import dev.creel.conformance.data.CacheFolder;
import dev.creel.conformance.run.DiffersException;
import dev.creel.conformance.run.Script;
import dev.creel.conformance.run.Trial;
import dev.creel.conformance.wasi.WasiSuite.Form;
import dev.creel.wasi.cli.GuestExitException;
import dev.creel.wasi.context.Preopen;
import dev.creel.wasi.context.WasiContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One program, run once. */
record WasiProgram(String name, Path file, Form form, EngineChoice engine) implements Script {
    @Override
    public List<Trial> trials() {
        return List.of(new Trial(name, "run", this::run));
    }

    private void run() throws IOException, DiffersException {
        var wants = Wants.of(file);
        var copies = Files.createTempDirectory("creel-wasi");
        try {
            var preopens = new ArrayList<Preopen>();
            for (var folder : wants.folders().entrySet()) {
                var to = copies.resolve(Integer.toString(preopens.size()));
                copy(folder.getValue(), to);
                preopens.add(new Preopen(folder.getKey(), to, true));
            }
            run(wants, preopens);
        } finally {
            CacheFolder.delete(copies);
        }
    }

    private void run(Wants wants, List<Preopen> preopens) throws IOException, DiffersException {
        var stdout = new Printed();
        var stderr = new Printed();
        var context = WasiContext.builder()
                .arguments(wants.arguments())
                .environment(wants.environment())
                .preopens(preopens)
                .stdout(stdout)
                .stderr(stderr)
                .build();
        int code;
        try (var store = context.into(new Store(Unlimited.LIMITS, Unlimited.HANDLES_MAX, Store.Waits.FREE))) {
            code = exitCode(store);
        } catch (TrapException e) {
            throw new DiffersException("exit code " + wants.exitCode(), "trap " + told(e) + " " + stderr.text());
        }
        same("exit code", exitCode(wants), code, stderr);
        for (var wanted : wants.stdout().stream().toList()) {
            same("stdout", wanted, stdout.text(), stderr);
        }
        for (var wanted : wants.stderr().stream().toList()) {
            same("stderr", wanted, stderr.text(), stderr);
        }
    }

    private int exitCode(Store store) throws IOException, DiffersException {
        var wasm = Files.readAllBytes(file);
        try {
            return switch (form) {
                case MODULE -> Commands.runModule(wasm, engine.engine(), store);
                case COMPONENT -> Commands.runComponent(wasm, engine.engine(), store);
            };
        } catch (GuestExitException e) {
            return e.code();
        }
    }

    /** WASI 0.2 knows only success and failure: which number a program gave is lost in its adapter. */
    private int exitCode(Wants wants) {
        return form == Form.COMPONENT ? Math.min(wants.exitCode(), 1) : wants.exitCode();
    }

    private static void same(String what, Object expected, Object got, Printed stderr) throws DiffersException {
        if (!expected.equals(got)) {
            throw new DiffersException(what + " " + expected, got + " " + stderr.text());
        }
    }

    private static String told(Throwable e) {
        return Optional.ofNullable(e.getCause())
                .map(cause -> e + " because of " + cause)
                .orElse(e.toString());
    }

    /** With permissions of its own: the data may be read-only. */
    private static void copy(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (var path : (Iterable<Path>) all::iterator) {
                var target = to.resolve(from.relativize(path).toString());
                if (Files.isSymbolicLink(path)) {
                    Files.createSymbolicLink(target, Files.readSymbolicLink(path));
                } else if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.write(target, Files.readAllBytes(path));
                }
            }
        }
    }
}

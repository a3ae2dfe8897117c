package dev.creel.conformance.wasi;

import dev.creel.codegen.EngineChoice;
import dev.creel.conformance.run.Script;
import dev.creel.conformance.run.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Programs of one version of WASI: {@code .wasm} files, each with what it wants in a {@code .json} beside it.
 *
 * @param folder its name
 * @param form what the programs are
 * @param engine what runs them; a new one for each program
 */
public record WasiSuite(String folder, Form form, EngineChoice engine) implements Suite {
    /** Kinds of programs. */
    public enum Form {
        /** Core modules that import preview 1. */
        MODULE,
        /** Components that export {@code wasi:cli/run}. */
        COMPONENT
    }

    @Override
    public String name() {
        return folder + "-" + engine.word();
    }

    @Override
    public List<Script> scripts(Path at) throws IOException {
        try (var files = Files.walk(at)) {
            return files.filter(file -> file.toString().endsWith(".wasm"))
                    .sorted()
                    .<Script>map(file -> new WasiProgram(stem(at.relativize(file)), file, form, engine))
                    .toList();
        }
    }

    private static String stem(Path file) {
        return file.toString().replace('\\', '/').replaceAll("\\.wasm$", "");
    }
}

package dev.creel.conformance.wasi;

import dev.creel.conformance.run.Script;
import dev.creel.conformance.run.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Programs of one version of WASI: {@code .wasm} files, each with what it wants in a {@code .json} beside it.
 *
 * @param name of the folder
 * @param form what the programs are
 */
public record WasiSuite(String name, Form form) implements Suite {
    /** Kinds of programs. */
    public enum Form {
        /** Core modules that import preview 1. */
        MODULE,
        /** Components that export {@code wasi:cli/run}. */
        COMPONENT
    }

    @Override
    public List<Script> scripts(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".wasm"))
                    .sorted()
                    .<Script>map(file -> new WasiProgram(stem(folder.relativize(file)), file, form))
                    .toList();
        }
    }

    private static String stem(Path file) {
        return file.toString().replace('\\', '/').replaceAll("\\.wasm$", "");
    }
}

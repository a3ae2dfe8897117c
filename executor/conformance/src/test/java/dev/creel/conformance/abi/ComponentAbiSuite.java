package dev.creel.conformance.abi;

import dev.creel.codegen.EngineChoice;
import dev.creel.component.plan.CallCode;
import dev.creel.conformance.run.Script;
import dev.creel.conformance.run.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Components that were built to send every kind of value through their imports and exports; each is played with both kinds of calls.
 *
 * @param engine what runs their core modules; a new one for each component
 */
public record ComponentAbiSuite(EngineChoice engine) implements Suite {
    private static final String ENDING = ".component.wasm";

    @Override
    public String name() {
        return folder() + "-" + engine.word();
    }

    @Override
    public String folder() {
        return "component-abi";
    }

    @Override
    public List<Script> scripts(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .<Script>mapMulti((file, scripts) -> {
                        for (var calls : CallCode.values()) {
                            scripts.accept(new AbiComponent(stem(file), file, calls, engine.engine()));
                        }
                    })
                    .toList();
        }
    }

    private static String stem(Path file) {
        var name = file.getFileName().toString();
        return name.substring(0, name.length() - ENDING.length());
    }
}

package dev.creel.conformance.abi;

import dev.creel.component.plan.CallCode;
import dev.creel.conformance.run.Script;
import dev.creel.conformance.run.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Components that were built to send every kind of value through their imports and exports; each is played with both kinds of calls. */
public record ComponentAbiSuite() implements Suite {
    private static final String ENDING = ".component.wasm";

    @Override
    public String name() {
        return "component-abi";
    }

    @Override
    public List<Script> scripts(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .<Script>mapMulti((file, scripts) -> {
                        for (var calls : CallCode.values()) {
                            scripts.accept(new AbiComponent(stem(file), file, calls));
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

package dev.creel.wasi.guest;

import dev.creel.component.core.TrapException;
import dev.creel.wasi.context.Preopen;
import dev.creel.wasi.context.WasiContext;
import dev.creel.wasi.io.LineOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A program of the public WASI test suite: a module or a component, and a JSON file beside it that says how to run it and what
 * must come of it.
 */
record WasiProgram(Path wasm, JsonNode told) {
    private static final JsonMapper JSON = new JsonMapper();

    /** What became of a run. */
    record Ended(int code, String stdout, String stderr, Optional<String> trap) {}

    static WasiProgram of(Path wasm) throws IOException {
        var file = wasm.resolveSibling(wasm.getFileName().toString().replace(".wasm", ".json"));
        return new WasiProgram(
                wasm,
                Files.exists(file) ? JSON.readTree(Files.readString(file)) : JsonNodeFactory.instance.objectNode());
    }

    String name() {
        return wasm.getFileName().toString().replace(".wasm", "");
    }

    int exitCode() {
        return told.path("exit_code").asInt(0);
    }

    Optional<String> stdout() {
        return Optional.ofNullable(told.get("stdout")).map(JsonNode::asString);
    }

    Optional<String> stderr() {
        return Optional.ofNullable(told.get("stderr")).map(JsonNode::asString);
    }

    /** Runs it over a copy of its directory in {@code scratch}: programs change it. */
    Ended run(Path scratch, boolean component) throws IOException {
        var stdout = new StringBuilder();
        var stderr = new StringBuilder();
        var context = WasiContext.builder()
                .arguments(arguments())
                .environment(environment())
                .preopens(preopens(scratch))
                .stdout(new LineOutput(10_000, line -> stdout.append(line).append('\n')))
                .stderr(new LineOutput(10_000, line -> stderr.append(line).append('\n')));
        var bytes = Files.readAllBytes(wasm);
        int code = 0;
        Optional<String> trap = Optional.empty();
        try {
            code = component
                    ? ComponentGuest.run(bytes, context)
                    : CoreGuest.run(bytes, name().replaceAll("\\W", "_"), context);
        } catch (TrapException e) {
            trap = Optional.of(String.valueOf(e.getMessage()));
        }
        return new Ended(
                code, stdout.toString().stripTrailing(), stderr.toString().stripTrailing(), trap);
    }

    private List<String> arguments() {
        var arguments = new ArrayList<String>();
        arguments.add(name() + ".wasm");
        told.path("args").forEach(one -> arguments.add(one.asString()));
        return arguments;
    }

    private Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        told.path("env")
                .properties()
                .forEach(entry ->
                        environment.put(entry.getKey(), entry.getValue().asString()));
        return environment;
    }

    /** {@code root} is the guest's {@code /}; each of {@code dirs} has its own name. */
    private List<Preopen> preopens(Path scratch) throws IOException {
        var preopens = new ArrayList<Preopen>();
        if (told.has("root")) {
            preopens.add(new Preopen("/", copy(told.get("root").asString(), scratch), true));
        }
        for (var directory : told.path("dirs")) {
            preopens.add(new Preopen(directory.asString(), copy(directory.asString(), scratch), true));
        }
        return preopens;
    }

    private Path copy(String directory, Path scratch) throws IOException {
        var from = wasm.resolveSibling(directory);
        var to = scratch.resolve(directory);
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                // A file that only keeps a directory in version control is no part of it.
                if (!file.getFileName().toString().matches("\\.keep|\\.gitkeep")) {
                    Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return to;
    }
}

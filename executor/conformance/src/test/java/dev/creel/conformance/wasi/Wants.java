package dev.creel.conformance.wasi;

import dev.creel.conformance.run.DiffersException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a program gets and must answer.
 *
 * @param arguments the program's name first
 * @param environment its variables
 * @param folders the folders it sees, which it may change, by the names that it knows them by
 * @param exitCode how it must end
 * @param stdout what it must print, if that matters
 * @param stderr what it must complain, if that matters
 */
record Wants(
        List<String> arguments,
        Map<String, String> environment,
        Map<String, Path> folders,
        int exitCode,
        Optional<String> stdout,
        Optional<String> stderr) {

    /** Reads the {@code .json} beside {@code program}; without one, all is as for a program that wants nothing. */
    static Wants of(Path program) throws IOException, DiffersException {
        var file = program.resolveSibling(program.getFileName().toString().replaceAll("\\.wasm$", ".json"));
        JsonNode json = Files.exists(file)
                ? new ObjectMapper().readTree(Files.readAllBytes(file))
                : JsonNodeFactory.instance.objectNode();
        if (json.has("operations")) {
            throw new DiffersException("a conversation with the program", "no player for it");
        }
        var arguments = new ArrayList<>(List.of(program.getFileName().toString()));
        json.path("args").forEach(one -> arguments.add(one.asString()));
        var environment = new LinkedHashMap<String, String>();
        json.path("env")
                .properties()
                .forEach(one -> environment.put(one.getKey(), one.getValue().asString()));
        return new Wants(
                arguments,
                environment,
                folders(program, json),
                json.path("exit_code").asInt(0),
                text(json, "stdout"),
                text(json, "stderr"));
    }

    /** The suite's {@code root} is the program's {@code /}; in its older form, each of {@code dirs} has its own name. */
    private static Map<String, Path> folders(Path program, JsonNode json) {
        var folders = new LinkedHashMap<String, Path>();
        text(json, "root").ifPresent(root -> folders.put("/", program.resolveSibling(root)));
        json.path("dirs").forEach(one -> folders.put(one.asString(), program.resolveSibling(one.asString())));
        return folders;
    }

    private static Optional<String> text(JsonNode json, String field) {
        return json.has(field) ? Optional.of(json.get(field).asString()) : Optional.empty();
    }
}

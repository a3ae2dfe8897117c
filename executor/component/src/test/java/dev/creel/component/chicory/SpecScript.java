package dev.creel.component.chicory;

import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreExtern;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreGlobal;
import dev.creel.component.core.CoreInstance;
import dev.creel.component.core.InvalidModuleException;
import dev.creel.component.core.LinkException;
import dev.creel.component.core.TrapException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Plays one script of the core specification's suite, made into JSON and binaries, and keeps what differed. */
final class SpecScript {
    private static final long NULL = -1;
    private final CoreEngine engine;
    private final Path folder;
    private final Map<String, CoreInstance> registered = new HashMap<>();
    private final Map<String, CoreInstance> named = new HashMap<>();
    private final Map<String, CoreCode> definitions = new HashMap<>();
    private @Nullable CoreInstance current;
    private @Nullable CoreCode definition;
    /** {@code script:line} → what differed. */
    final Map<String, String> differences = new TreeMap<>();

    int passed;

    SpecScript(CoreEngine engine, Path folder, CoreInstance spectest) {
        this.engine = engine;
        this.folder = folder;
        registered.put("spectest", spectest);
    }

    void play() throws IOException {
        var name = folder.getFileName().toString();
        var script = new ObjectMapper().readTree(Files.readAllBytes(folder.resolve(name + ".json")));
        for (var command : script.get("commands")) {
            try {
                if (run(command)) {
                    passed++;
                }
            } catch (Exception | Error e) {
                differences.put(
                        name + ":" + command.get("line").asInt(),
                        command.get("type").asString() + ": " + e);
            }
        }
    }

    /** Whether the command was one that can pass. */
    private boolean run(JsonNode command) throws IOException {
        switch (command.get("type").asString()) {
            case "module" -> {
                current = null;
                var code = compile(command);
                current = instantiate(code);
                if (command.has("name")) {
                    named.put(command.get("name").asString(), current);
                }
            }
            case "module_definition" -> {
                definition = compile(command);
                if (command.has("name")) {
                    definitions.put(command.get("name").asString(), definition);
                }
            }
            case "module_instance" -> {
                current = instantiate(
                        command.has("module")
                                ? definitions.get(command.get("module").asString())
                                : definition);
                if (command.has("instance")) {
                    named.put(command.get("instance").asString(), current);
                }
            }
            case "register" -> registered.put(command.get("as").asString(), instance(command, "name"));
            case "action" -> act(command.get("action"));
            case "assert_return" -> expect(command.get("expected"), act(command.get("action")), command);
            case "assert_trap", "assert_exhaustion", "assert_exception" -> {
                var trap = trap(command);
                var text = command.has("text") ? command.get("text").asString() : "";
                if (!text.isEmpty() && !trap.startsWith(text) && !text.startsWith(trap)) {
                    throw new AssertionError("trapped with '" + trap + "', expected '" + text + "'");
                }
            }
            case "assert_invalid", "assert_malformed" -> {
                if (!command.get("module_type").asString().equals("binary")) {
                    return false;
                }
                refuse(command);
            }
            case "assert_unlinkable" -> {
                try {
                    instantiate(compile(command));
                } catch (LinkException e) {
                    return true;
                }
                throw new AssertionError("linked");
            }
            case "assert_uninstantiable" -> {
                try {
                    instantiate(compile(command));
                } catch (TrapException e) {
                    return true;
                }
                throw new AssertionError("instantiated");
            }
            default -> throw new AssertionError("unknown command " + command);
        }
        return true;
    }

    private CoreCode compile(JsonNode command) throws IOException {
        var file = command.has("binary_filename") ? "binary_filename" : "filename";
        var wasm = Files.readAllBytes(folder.resolve(command.get(file).asString()));
        return engine.compile(engine.parse(wasm), folder.getFileName().toString());
    }

    private CoreInstance instantiate(CoreCode code) {
        var imports = new ArrayList<CoreExtern>();
        for (var wanted : code.imports()) {
            var module = registered.get(wanted.module());
            var extern = module == null ? null : module.export(wanted.name());
            if (extern == null) {
                throw new LinkException("unknown import");
            }
            imports.add(extern);
        }
        return code.instantiate(imports, CoreGuests.UNLIMITED);
    }

    private void refuse(JsonNode command) throws IOException {
        try {
            engine.parse(
                    Files.readAllBytes(folder.resolve(command.get("filename").asString())));
        } catch (InvalidModuleException e) {
            return;
        }
        throw new AssertionError("accepted, expected: " + command.get("text").asString());
    }

    private String trap(JsonNode command) throws IOException {
        try {
            if (command.has("action")) {
                act(command.get("action"));
            } else {
                instantiate(compile(command));
            }
        } catch (TrapException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("no trap, expected: " + command.get("text"));
    }

    private CoreInstance instance(JsonNode node, String field) {
        var found = node.has(field) ? named.get(node.get(field).asString()) : current;
        if (found == null) {
            throw new AssertionError("no such instance");
        }
        return found;
    }

    private long[] act(JsonNode action) {
        var export = instance(action, "module").export(action.get("field").asString());
        if (export instanceof CoreGlobal global) {
            return new long[] {global.get()};
        }
        var args = new ArrayList<Long>();
        action.get("args").forEach(arg -> args.add(value(arg)));
        return ((CoreFunction) export).call(args.stream().mapToLong(l -> l).toArray());
    }

    private static long value(JsonNode value) {
        var text = value.has("value") ? value.get("value").asString() : "null";
        if (text.equals("null")) {
            return NULL;
        }
        return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
    }

    private void expect(JsonNode expected, long[] actual, JsonNode command) {
        if (expected.size() != actual.length) {
            throw new AssertionError(actual.length + " results, expected " + expected);
        }
        for (var i = 0; i < actual.length; i++) {
            if (!matches(expected.get(i), actual[i])) {
                throw new AssertionError(
                        Long.toHexString(actual[i]) + ", expected " + expected.get(i) + " of " + command.get("action"));
            }
        }
    }

    private static boolean matches(JsonNode expected, long actual) {
        var text = expected.has("value") ? expected.get("value").asString() : "";
        return switch (expected.get("type").asString()) {
            case "i32" -> (int) actual == (int) value(expected);
            case "i64" -> actual == value(expected);
            case "f32" ->
                text.startsWith("nan")
                        ? Float.isNaN(Float.intBitsToFloat((int) actual))
                        : (int) actual == (int) value(expected);
            case "f64" ->
                text.startsWith("nan") ? Double.isNaN(Double.longBitsToDouble(actual)) : actual == value(expected);
            case "funcref",
                    "anyref",
                    "exnref",
                    "externref",
                    "refnull",
                    "nullfuncref",
                    "nullref",
                    "nullexternref",
                    "nullexnref" ->
                (text.isEmpty() && expected.get("type").asString().equals("funcref"))
                        ? (int) actual != NULL
                        : (int) actual == (int) value(expected);
            default -> throw new AssertionError("unknown type " + expected);
        };
    }
}

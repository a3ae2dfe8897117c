package dev.creel.conformance.core;

import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreExtern;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreGlobal;
import dev.creel.component.core.CoreInstance;
import dev.creel.component.core.InvalidModuleException;
import dev.creel.component.core.LinkException;
import dev.creel.component.core.TrapException;
import dev.creel.conformance.run.DependsException;
import dev.creel.conformance.run.DiffersException;
import dev.creel.conformance.run.Script;
import dev.creel.conformance.run.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** One script of the core specification. It has an engine of its own, as an engine compiles one module at a time. */
final class CoreScript implements Script {
    private final CoreEngine engine;
    private final String name;
    private final Path folder;
    private final Map<String, CoreInstance> registered = new HashMap<>();
    private final Map<String, CoreInstance> instances = new HashMap<>();
    private final Map<String, CoreCode> definitions = new HashMap<>();
    private @Nullable CoreInstance current;
    private @Nullable CoreCode definition;

    CoreScript(String name, Path folder, CoreEngine engine) {
        this.engine = engine;
        this.name = name;
        this.folder = folder;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Trial> trials() throws IOException {
        registered.put("spectest", Spectest.code(engine).instantiate(List.of(), Unlimited.LIMITS));
        var file = folder.resolve(folder.getFileName() + ".json");
        var trials = new ArrayList<Trial>();
        for (var command : new ObjectMapper().readTree(Files.readAllBytes(file)).get("commands")) {
            var tags = text(command, "module_type").equals("text") ? Set.of("text") : Set.<String>of();
            trials.add(new Trial(name + ":" + command.get("line").asInt(), told(command), tags, () -> run(command)));
        }
        return trials;
    }

    @Override
    public void close() {
        // Scripts outlive their playing; what they made would fill the heap.
        registered.clear();
        instances.clear();
        definitions.clear();
        current = null;
        definition = null;
    }

    private void run(JsonNode command) throws IOException, DiffersException, DependsException {
        switch (text(command, "type")) {
            case "module" -> {
                current = null;
                current = instantiate(compile(bytes(command)));
                keep(command, "name", instances, current);
            }
            case "module_definition" -> {
                definition = null;
                definition = compile(bytes(command));
                keep(command, "name", definitions, definition);
            }
            case "module_instance" -> {
                current = null;
                current = instantiate(known(definitions, definition, text(command, "module")));
                keep(command, "instance", instances, current);
            }
            case "register" -> registered.put(text(command, "as"), known(instances, current, text(command, "name")));
            case "action" -> act(command.get("action"));
            case "assert_return" -> expectReturn(command);
            case "assert_trap", "assert_exhaustion", "assert_exception", "assert_uninstantiable" -> expectTrap(command);
            case "assert_invalid", "assert_malformed" -> expectRefusal(command);
            case "assert_unlinkable" -> expectUnlinkable(command);
            default -> throw new DiffersException("a known command", text(command, "type"));
        }
    }

    private byte[] bytes(JsonNode command) throws IOException, DiffersException {
        if (!text(command, "module_type").equals("binary")) {
            throw new DiffersException("a binary", "text");
        }
        var file = command.has("binary_filename") ? "binary_filename" : "filename";
        return Files.readAllBytes(folder.resolve(text(command, file)));
    }

    private CoreCode compile(byte[] wasm) {
        return engine.compile(engine.parse(wasm), folder.getFileName().toString());
    }

    private CoreInstance instantiate(CoreCode code) {
        var imports = new ArrayList<CoreExtern>();
        for (var wanted : code.imports()) {
            var module = registered.get(wanted.module());
            var extern = module == null ? null : module.export(wanted.name());
            if (extern == null) {
                throw new LinkException("unknown import " + wanted.module() + " " + wanted.name());
            }
            imports.add(extern);
        }
        return code.instantiate(imports, Unlimited.LIMITS);
    }

    private long[] act(JsonNode action) throws DiffersException, DependsException {
        var field = text(action, "field");
        return switch (known(instances, current, text(action, "module")).export(field)) {
            case CoreGlobal global -> new long[] {global.get()};
            case CoreFunction function -> {
                var args = action.get("args");
                var bits = new long[CoreVectors.words(args)];
                var word = 0;
                for (var arg : args) {
                    if (CoreVectors.is(arg)) {
                        bits[word++] = CoreVectors.half(arg, false);
                        bits[word++] = CoreVectors.half(arg, true);
                    } else {
                        bits[word++] = CoreBits.of(arg);
                    }
                }
                yield function.call(bits);
            }
            case null, default -> throw new DiffersException("a function or global " + field, "none");
        };
    }

    private void expectReturn(JsonNode command) throws DiffersException, DependsException {
        var actual = act(command.get("action"));
        var expected = command.get("expected");
        boolean same = CoreVectors.words(expected) == actual.length;
        var word = 0;
        for (int i = 0; same && i < expected.size(); i++) {
            if (CoreVectors.is(expected.get(i))) {
                same = CoreVectors.matches(expected.get(i), actual[word], actual[word + 1]);
                word += 2;
            } else {
                same = CoreBits.matches(expected.get(i), actual[word++]);
            }
        }
        if (!same) {
            throw new DiffersException(expected.toString(), hex(actual));
        }
    }

    private void expectTrap(JsonNode command) throws IOException, DiffersException, DependsException {
        var result = "an instance";
        try {
            if (command.has("action")) {
                result = hex(act(command.get("action")));
            } else {
                instantiate(compile(bytes(command)));
            }
        } catch (TrapException e) {
            return;
        }
        throw new DiffersException("a trap: " + text(command, "text"), result);
    }

    private void expectRefusal(JsonNode command) throws IOException, DiffersException {
        try {
            engine.parse(bytes(command));
        } catch (InvalidModuleException e) {
            if (Unlimited.isUnsupported(e)) {
                throw new DiffersException("a refusal: " + text(command, "text"), e.getMessage());
            }
            return;
        }
        throw new DiffersException("a refusal: " + text(command, "text"), "an accepted module");
    }

    private void expectUnlinkable(JsonNode command) throws IOException, DiffersException {
        try {
            instantiate(compile(bytes(command)));
        } catch (LinkException e) {
            return;
        }
        throw new DiffersException("no link: " + text(command, "text"), "an instance");
    }

    private static <T> void keep(JsonNode command, String field, Map<String, T> all, T one) {
        if (command.has(field)) {
            all.put(text(command, field), one);
        }
    }

    private static <T> T known(Map<String, T> all, @Nullable T last, String name) throws DependsException {
        var one = name.isEmpty() ? last : all.get(name);
        if (one == null) {
            throw new DependsException(name);
        }
        return one;
    }

    private static String hex(long[] values) {
        return Arrays.stream(values).mapToObj(HexFormat.of()::toHexDigits).collect(Collectors.joining(" ", "[", "]"));
    }

    private static String told(JsonNode command) {
        var type = text(command, "type");
        return command.has("action") ? type + " " + text(command.get("action"), "field") : type;
    }

    private static String text(JsonNode node, String field) {
        return node.has(field) ? node.get(field).asString() : "";
    }
}

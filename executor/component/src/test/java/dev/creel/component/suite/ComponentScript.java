package dev.creel.component.suite;

import dev.creel.component.Component;
import dev.creel.component.ComponentInstance;
import dev.creel.component.LinkedComponent;
import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.binary.InvalidComponentException;
import dev.creel.component.binary.InvalidComponentException.Kind;
import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.LinkException;
import dev.creel.component.core.TrapException;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.host.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Plays one script of the component model's suite, made into JSON and binaries, and keeps what differed. */
final class ComponentScript {
    private static final CoreEngine ENGINE = new ChicoryEngine();
    private static final HostInterfaces NO_HOST = HostInterfaces.of(List.of());
    private static final int HANDLES_MAX = 100_000;
    private static final CoreLimits LIMITS = new CoreLimits() {
        @Override
        public boolean reserveMemory(long bytes) {
            return true;
        }

        @Override
        public boolean reserveTable(long elements) {
            return true;
        }
    };

    private final Path script;
    private final Map<String, Component> definitions = new HashMap<>();
    private @Nullable Component definition;
    private @Nullable ComponentInstance current;
    /** {@code script:line} → what differed. */
    final Map<String, String> differences = new TreeMap<>();

    int passed;
    /** Commands about features that are refused. */
    int undecided;

    ComponentScript(Path script) {
        this.script = script;
    }

    void play() throws IOException {
        for (var command :
                new ObjectMapper().readTree(Files.readAllBytes(script)).get("commands")) {
            try {
                if (run(command)) {
                    passed++;
                }
            } catch (InvalidComponentException e) {
                if (e.kind() == Kind.UNSUPPORTED) {
                    undecided++;
                } else {
                    differs(command, e);
                }
            } catch (Exception | Error e) {
                differs(command, e);
            }
        }
    }

    private void differs(JsonNode command, Throwable how) {
        var place = script.getFileName() + ":" + command.get("line").asInt();
        differences.put(place, command.get("type").asString() + ": " + how);
    }

    /** Whether the command was one that can pass. */
    private boolean run(JsonNode command) throws IOException {
        if (current == null && command.has("action")) {
            return false;
        }
        switch (command.get("type").asString()) {
            case "component" -> {
                current = null;
                current = instantiate(decode(command));
            }
            case "component_definition" -> {
                definition = null;
                definition = decode(command);
                if (command.has("name")) {
                    definitions.put(command.get("name").asString(), definition);
                }
            }
            case "component_instance" -> {
                current = null;
                var of = command.has("of") ? definitions.get(command.get("of").asString()) : definition;
                if (of == null) {
                    return false;
                }
                current = instantiate(of);
            }
            case "assert_return" -> {
                var expected = command.get("expected");
                var result = act(command.get("action"));
                if (expected != null && !expected.isEmpty() && !ScriptValues.matches(expected.get(0), result)) {
                    throw new AssertionError(ScriptValues.text(result) + ", expected " + expected);
                }
            }
            case "assert_trap" -> trap(command);
            case "assert_invalid", "assert_malformed" -> {
                if (!command.get("module_type").asString().equals("binary")) {
                    return false;
                }
                refuse(command);
            }
            default -> throw new AssertionError("unknown command");
        }
        return true;
    }

    private Component decode(JsonNode command) throws IOException {
        var file = script.resolveSibling(command.get("filename").asString());
        return Component.decode(Files.readAllBytes(file), ENGINE, ComponentLimits.DEFAULT);
    }

    private static ComponentInstance instantiate(Component component) {
        return LinkedComponent.of(component.plan(NO_HOST), ENGINE, NO_HOST)
                .instantiate(new Store(LIMITS, HANDLES_MAX, Store.Waits.FREE));
    }

    private @Nullable Object act(JsonNode action) {
        var function = Objects.requireNonNull(current)
                .function("", action.get("field").asString())
                .orElseThrow(() -> new AssertionError("no function " + action.get("field")));
        var params = function.type().params();
        var args = new ArrayList<Object>();
        for (int i = 0; i < params.size(); i++) {
            args.add(ScriptValues.value(params.get(i).type(), action.get("args").get(i)));
        }
        return function.call(args.toArray());
    }

    private void trap(JsonNode command) throws IOException {
        try {
            if (command.has("action")) {
                act(command.get("action"));
            } else {
                instantiate(decode(command));
            }
        } catch (TrapException e) {
            return;
        }
        throw new AssertionError("no trap, expected: " + command.get("text"));
    }

    private void refuse(JsonNode command) throws IOException {
        try {
            decode(command).plan(NO_HOST);
        } catch (InvalidComponentException e) {
            if (e.kind() == Kind.UNSUPPORTED) {
                throw e;
            }
            return;
        } catch (LinkException e) {
            throw new AssertionError("decoded, and refused to link: " + e.getMessage(), e);
        }
        throw new AssertionError("accepted, expected: " + command.get("text"));
    }
}

package dev.creel.conformance.component;

import dev.creel.component.Component;
import dev.creel.component.ComponentInstance;
import dev.creel.component.LinkedComponent;
import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.binary.InvalidComponentException;
import dev.creel.component.binary.InvalidComponentException.Kind;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.InvalidModuleException;
import dev.creel.component.core.LinkException;
import dev.creel.component.core.TrapException;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.host.Store;
import dev.creel.conformance.core.Unlimited;
import dev.creel.conformance.run.DependsException;
import dev.creel.conformance.run.DiffersException;
import dev.creel.conformance.run.Script;
import dev.creel.conformance.run.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** One script of the component model. Each instance has a store of its own: a trap kills one instance tree. */
final class ComponentScript implements Script {
    private static final HostInterfaces NO_HOST = HostInterfaces.of(List.of());

    private final CoreEngine engine;
    private final String name;
    private final Path folder;
    private final Map<String, Component> definitions = new HashMap<>();
    private final Map<String, ComponentInstance> instances = new HashMap<>();
    private @Nullable Component definition;
    private @Nullable ComponentInstance current;

    ComponentScript(String name, Path folder, CoreEngine engine) {
        this.engine = engine;
        this.name = name;
        this.folder = folder;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Trial> trials() throws IOException, DiffersException {
        var trials = new ArrayList<Trial>();
        var script = new ObjectMapper().readTree(Files.readAllBytes(folder.resolve("script.json")));
        if (script.has("error")) {
            throw new DiffersException("a script", text(script, "error"));
        }
        for (var command : script.get("commands")) {
            var tags = text(command, "module_type").equals("text") ? Set.of("text") : Set.<String>of();
            trials.add(new Trial(name + ":" + command.get("line").asInt(), told(command), tags, () -> run(command)));
        }
        return trials;
    }

    @Override
    public void close() {
        // Scripts outlive their playing; what they made would fill the heap.
        definitions.clear();
        instances.clear();
        definition = null;
        current = null;
    }

    private void run(JsonNode command) throws IOException, DiffersException, DependsException {
        switch (text(command, "type")) {
            case "component" -> {
                current = null;
                current = instantiate(decode(command));
                keep(command, instances, current);
            }
            case "component_definition" -> {
                definition = null;
                definition = decode(command);
                keep(command, definitions, definition);
            }
            case "component_instance" -> {
                current = null;
                current = instantiate(known(definitions, definition, text(command, "of")));
                keep(command, instances, current);
            }
            case "module", "module_definition" -> engine.parse(bytes(command));
            case "action" -> act(command.get("action"));
            case "assert_return" -> expectReturn(command);
            case "assert_trap", "assert_exhaustion" -> expectTrap(command);
            case "assert_invalid", "assert_malformed" -> expectRefusal(command);
            case "assert_unlinkable" -> expectUnlinkable(command);
            default -> throw new DiffersException("a known command", text(command, "type"));
        }
    }

    private Component decode(JsonNode command) throws IOException, DiffersException {
        return Component.decode(bytes(command), engine, ComponentLimits.DEFAULT);
    }

    private byte[] bytes(JsonNode command) throws IOException, DiffersException {
        if (!text(command, "module_type").equals("binary")) {
            throw new DiffersException("a binary", "a text that the encoder refuses: " + text(command, "parse_error"));
        }
        return Files.readAllBytes(folder.resolve(text(command, "filename")));
    }

    private ComponentInstance instantiate(Component component) {
        return LinkedComponent.of(component.plan(NO_HOST), engine, NO_HOST)
                .instantiate(new Store(Unlimited.LIMITS, Unlimited.HANDLES_MAX, Store.Waits.FREE));
    }

    private @Nullable Object act(JsonNode action) throws DiffersException, DependsException {
        var field = text(action, "field");
        var function = known(instances, current, text(action, "module"))
                .function("", field)
                .orElseThrow(() -> new DiffersException("an exported function " + field, "none"));
        var params = function.type().params();
        var args = new ArrayList<Object>();
        for (int i = 0; i < params.size(); i++) {
            args.add(ScriptValues.value(params.get(i).type(), action.get("args").get(i)));
        }
        return function.call(args.toArray());
    }

    private void expectReturn(JsonNode command) throws DiffersException, DependsException {
        var action = command.get("action");
        var result = act(action);
        var expected = command.get("expected");
        var type = known(instances, current, text(action, "module"))
                .function("", text(action, "field"))
                .orElseThrow()
                .type()
                .result();
        if (expected == null || expected.isEmpty()) {
            if (type.isPresent()) {
                throw new DiffersException("no result", ScriptValues.text(result));
            }
        } else if (type.isEmpty() || !ScriptValues.matches(type.get(), expected.get(0), result)) {
            throw new DiffersException(expected.get(0).toString(), ScriptValues.text(result));
        }
    }

    private void expectTrap(JsonNode command) throws IOException, DiffersException, DependsException {
        Object result;
        try {
            result = command.has("action") ? act(command.get("action")) : instantiate(decode(command));
        } catch (TrapException e) {
            return;
        }
        throw new DiffersException("a trap: " + text(command, "text"), "none; " + ScriptValues.text(result));
    }

    private void expectRefusal(JsonNode command) throws IOException, DiffersException {
        var bytes = bytes(command);
        var kind = text(command, "kind");
        try {
            if (kind.equals("module")) {
                engine.parse(bytes);
            } else {
                Component.decode(bytes, engine, ComponentLimits.DEFAULT);
            }
        } catch (InvalidComponentException e) {
            if (e.kind() == Kind.UNSUPPORTED) {
                throw new DiffersException(text(command, "text"), e.getMessage());
            }
            return;
        } catch (InvalidModuleException e) {
            if (Unlimited.isUnsupported(e)) {
                throw new DiffersException(text(command, "text"), e.getMessage());
            }
            return;
        }
        throw new DiffersException("a refusal: " + text(command, "text"), "an accepted " + kind);
    }

    private void expectUnlinkable(JsonNode command) throws IOException, DiffersException {
        try {
            instantiate(decode(command));
        } catch (LinkException e) {
            return;
        }
        throw new DiffersException("no link: " + text(command, "text"), "an instance");
    }

    private static <T> void keep(JsonNode command, Map<String, T> all, T one) {
        if (command.has("name")) {
            all.put(text(command, "name"), one);
        }
    }

    private static <T> T known(Map<String, T> all, @Nullable T last, String name) throws DependsException {
        var one = name.isEmpty() ? last : all.get(name);
        if (one == null) {
            throw new DependsException(name);
        }
        return one;
    }

    private static String told(JsonNode command) {
        var type = text(command, "type");
        return command.has("action") ? type + " " + text(command.get("action"), "field") : type;
    }

    private static String text(JsonNode node, String field) {
        return node.has(field) ? node.get(field).asString() : "";
    }
}

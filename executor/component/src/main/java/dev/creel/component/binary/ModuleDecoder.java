package dev.creel.component.binary;

import dev.creel.component.binary.InvalidComponentException.Kind;
import dev.creel.component.binary.ModuleDefinition.Export;
import dev.creel.component.binary.ModuleDefinition.Import;
import dev.creel.component.binary.ModuleDefinition.Origin;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.CoreImport;
import dev.creel.component.core.CoreModule;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.InvalidModuleException;
import dev.creel.component.core.ValueKind;
import dev.creel.component.plan.StringEncoding;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.ResourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads core modules that run as components: those that carry {@code component-type} sections, as guest toolchains make them before
 * componentizing; those of a {@link CoreWorld}; and commands of WASI preview 1, which export {@link ModuleDefinition#START}.
 */
public final class ModuleDecoder {
    private static final String SECTION = "component-type";

    /** First byte of sections from before 2024: the string encoding and the name of the world come before the types. */
    private static final int NAMED_WORLD = 3;

    private static final String ENCODING_SECTION = "wit-component-encoding";
    private static final String DROP = "[resource-drop]";
    private static final Set<String> PREVIEW_1 = Set.of("wasi_snapshot_preview1", "wasi_unstable");
    private static final CoreFuncType I32_TO_NOTHING = new CoreFuncType(List.of(ValueKind.I32), List.of());
    private static final CoreFuncType NOTHING = new CoreFuncType(List.of(), List.of());

    private final Session session;
    private final CoreModule module;
    /** Interface → item → type, over all sections; the empty interface has what worlds import by plain names. */
    private final Map<String, Map<String, ExternType>> imports = new HashMap<>();

    private final Map<String, Map<String, FuncType>> exports = new LinkedHashMap<>();
    /** Of a {@link CoreWorld}: imports by {@code module.name}, and exports by their core names. */
    private final Map<String, CoreWorld.Item> named = new HashMap<>();

    private final Map<String, CoreWorld.Item> namedExports = new LinkedHashMap<>();
    private final Map<ResourceType, Origin> resources = new HashMap<>();
    private StringEncoding encoding = StringEncoding.UTF8;
    private String reallocName = ModuleDefinition.REALLOC;

    private ModuleDecoder(Session session, CoreModule module) {
        this.session = session;
        this.module = module;
    }

    /**
     * Decodes and validates.
     *
     * @throws InvalidComponentException saying what is wrong, or which kind of module this is if not one that can run as a
     *     component
     */
    public static ModuleDefinition decode(byte[] bytes, CoreEngine engine, ComponentLimits limits, CoreWorld world) {
        var sections = sections(bytes);
        CoreModule module;
        try {
            module = engine.parse(bytes);
        } catch (InvalidModuleException e) {
            throw ComponentDecoder.refused(0, "the core module", e);
        }
        var decoder = new ModuleDecoder(new Session(engine, limits), module);
        if (!sections.isEmpty()) {
            sections.forEach(decoder::section);
            return decoder.definition();
        }
        var exports = module.exports().keySet();
        boolean reallocates = exports.contains(ModuleDefinition.REALLOC) || exports.contains(world.realloc());
        boolean starts = exports.contains(ModuleDefinition.START);
        if (!(starts && !reallocates) && exports.stream().anyMatch(world.exports()::containsKey)) {
            decoder.world(world);
            return decoder.definition();
        }
        if (starts) {
            return decoder.command();
        }
        throw new InvalidComponentException(
                Kind.CORE_MODULE,
                0,
                "this is a core WebAssembly module, not a component, and has no component-type section");
    }

    /** The module says by its names which component-level functions it has; of the exports it need not have all. */
    private void world(CoreWorld world) {
        reallocName = world.realloc();
        world.imports().forEach((from, items) -> items.forEach((name, item) -> named.put(from + "." + name, item)));
        world.exports().forEach((core, item) -> {
            if (module.exports().containsKey(core)) {
                namedExports.put(core, item);
            }
        });
    }

    private ModuleDefinition command() {
        exported("", ModuleDefinition.START, new FuncType(List.of(), Optional.empty(), false));
        return definition();
    }

    /** Custom sections that describe component-level types, by name and content. */
    private record Section(String name, byte[] content) {}

    private static List<Section> sections(byte[] bytes) {
        var in = new Input(bytes, Integer.MAX_VALUE);
        in.part(8, "the preamble");
        var found = new ArrayList<Section>();
        while (!in.atEnd()) {
            int id = in.u8();
            var body = in.part(in.limit(), "section " + id + " of the core module");
            if (id == 0) {
                var name = body.name();
                if (name.startsWith(SECTION)) {
                    found.add(new Section(name, body.rest()));
                }
            }
        }
        return found;
    }

    private void section(Section section) {
        try {
            var content = section.content();
            var wanted = "";
            if (content.length > 0 && content[0] == NAMED_WORLD) {
                var in = new Input(content, Integer.MAX_VALUE);
                in.u8();
                encoding = encoding(in);
                wanted = in.name();
                content = in.rest();
            } else {
                readEncoding(content);
            }
            var component = ComponentDecoder.decode(content, session);
            for (var type : component.type().exports().values()) {
                if (type instanceof ExternType.Type(TypeDefinition.Component(var outer))) {
                    world(outer, wanted);
                }
            }
        } catch (InvalidComponentException e) {
            throw InvalidComponentException.within("custom section '" + section.name() + "'", e);
        }
    }

    private void readEncoding(byte[] content) {
        var in = new Input(content, Integer.MAX_VALUE);
        in.part(8, "the preamble");
        while (!in.atEnd()) {
            int id = in.u8();
            var body = in.part(in.limit(), "a section");
            if (id == 0 && body.name().equals(ENCODING_SECTION) && body.remaining() >= 2) {
                body.u8();
                encoding = encoding(body);
            }
        }
    }

    private static StringEncoding encoding(Input in) {
        return switch (in.u8()) {
            case 0 -> StringEncoding.UTF8;
            case 1 -> StringEncoding.UTF16;
            case 2 -> StringEncoding.LATIN1_UTF16;
            default -> throw in.malformed("unknown string encoding");
        };
    }

    /** The worlds of a package; only the one called {@code wanted}, if any is. */
    private void world(ComponentType packageType, String wanted) {
        packageType.exports().forEach((name, type) -> {
            var plain = name.substring(name.indexOf('/') + 1).split("@", 2)[0];
            if (wanted.isEmpty() || plain.equals(wanted)) {
                world(type);
            }
        });
    }

    private void world(ExternType type) {
        if (!(type instanceof ExternType.Component(var world))) {
            return;
        }
        world.imports().forEach((name, one) -> {
            switch (one) {
                case ExternType.Instance(var items) -> items.forEach((item, inner) -> imported(name, item, inner));
                case ExternType.Func _, ExternType.Type _ -> imported("", name, one);
                case ExternType.Component _, ExternType.Module _ -> {}
            }
        });
        world.exports().forEach((name, one) -> {
            switch (one) {
                case ExternType.Instance(var items) ->
                    items.forEach((item, inner) -> {
                        if (inner instanceof ExternType.Func(var func)) {
                            exported(name, item, func);
                        }
                    });
                case ExternType.Func(var func) -> exported("", name, func);
                case ExternType.Type _, ExternType.Component _, ExternType.Module _ -> {}
            }
        });
    }

    private void imported(String interfaceName, String item, ExternType type) {
        imports.computeIfAbsent(interfaceName, name -> new HashMap<>()).putIfAbsent(item, type);
        if (type instanceof ExternType.Type(TypeDefinition.Resource(var resource))) {
            resources.putIfAbsent(resource, new Origin(interfaceName, item));
        }
    }

    private void exported(String interfaceName, String name, FuncType type) {
        exports.computeIfAbsent(interfaceName, one -> new LinkedHashMap<>()).putIfAbsent(name, type);
    }

    private ModuleDefinition definition() {
        boolean memory = hasMemory();
        boolean realloc = has(reallocName, CanonOptionsReader.REALLOC);
        var lowered = module.imports().stream()
                .map(one -> lowered(one, memory, realloc))
                .toList();
        var lifted = new ArrayList<Export>();
        exports.forEach((interfaceName, functions) ->
                functions.forEach((name, type) -> lifted.add(lifted(interfaceName, name, type, memory, realloc))));
        namedExports.forEach((core, item) ->
                lifted.add(lifted(core, item.interfaceName(), item.name(), item.type(), memory, realloc)));
        return new ModuleDefinition(
                module,
                lowered,
                List.copyOf(lifted),
                Map.copyOf(resources),
                encoding,
                realloc ? reallocName : "",
                memory,
                has(ModuleDefinition.INITIALIZE, NOTHING));
    }

    private boolean hasMemory() {
        return switch (module.exports().get(ModuleDefinition.MEMORY)) {
            case CoreType.Memory memory when memory.shared() -> throw invalid("its memory is shared");
            case CoreType.Memory memory -> true;
            case null, default -> false;
        };
    }

    private boolean has(String name, CoreFuncType type) {
        var export = module.exports().get(name);
        if (export == null) {
            return false;
        }
        if (!export.equals(new CoreType.Func(type))) {
            throw invalid("its export '" + name + "' is " + export + ", but must have type " + type);
        }
        return true;
    }

    private Import lowered(CoreImport wanted, boolean memory, boolean realloc) {
        var path = wanted.module() + "." + wanted.name();
        if (PREVIEW_1.contains(wanted.module())) {
            return new Import.Core(wanted.module(), wanted.name());
        }
        if (wanted.module().startsWith("[export]")) {
            throw new InvalidComponentException(
                    Kind.UNSUPPORTED,
                    0,
                    "the core module exports resources (" + path
                            + "); make it a component with wasm-tools component new");
        }
        if (wanted.name().startsWith("[async")
                || (wanted.name().startsWith("[") && wanted.name().contains("-get-"))) {
            throw new InvalidComponentException(
                    Kind.UNSUPPORTED,
                    0,
                    "this core module uses " + path + " (WASI 0.3), which this version does not run");
        }
        var legacy = named.get(path);
        if (legacy != null) {
            mustBe(wanted, flatten(path, legacy.type(), true, memory, realloc));
            return new Import.Func(legacy.interfaceName(), legacy.name(), legacy.type());
        }
        var interfaceName = wanted.module().equals("$root") ? "" : wanted.module();
        var items = imports.getOrDefault(interfaceName, Map.of());
        if (wanted.name().startsWith(DROP)
                && items.get(wanted.name().substring(DROP.length()))
                        instanceof ExternType.Type(TypeDefinition.Resource(var resource))) {
            mustBe(wanted, I32_TO_NOTHING);
            return new Import.Drop(resource);
        }
        if (items.get(wanted.name()) instanceof ExternType.Func(var type)) {
            mustBe(wanted, flatten(path, type, true, memory, realloc));
            return new Import.Func(interfaceName, wanted.name(), type);
        }
        throw invalid("it imports " + path + ", which its component-type sections do not declare");
    }

    private static void mustBe(CoreImport wanted, CoreFuncType type) {
        if (!wanted.type().equals(new CoreType.Func(type))) {
            throw invalid("it imports " + wanted.module() + "." + wanted.name() + " as " + wanted.type()
                    + ", but its component-type sections say " + type);
        }
    }

    private Export lifted(String interfaceName, String name, FuncType type, boolean memory, boolean realloc) {
        var core = interfaceName.isEmpty() ? name : interfaceName + "#" + name;
        return lifted(core, interfaceName, name, type, memory, realloc);
    }

    private Export lifted(
            String core, String interfaceName, String name, FuncType type, boolean memory, boolean realloc) {
        var flat = flatten(core, type, false, memory, realloc);
        if (!has(core, flat)) {
            throw invalid("it does not export '" + core + "' as " + flat + ", which its types promise");
        }
        var post = "cabi_post_" + core;
        return new Export(
                interfaceName, name, type, core, has(post, new CoreFuncType(flat.results(), List.of())) ? post : "");
    }

    private CoreFuncType flatten(String path, FuncType type, boolean lower, boolean memory, boolean realloc) {
        var later = session.later(type);
        if (!later.isEmpty()) {
            throw new InvalidComponentException(
                    Kind.UNSUPPORTED,
                    0,
                    "this core module's " + path + " uses " + later + " (WASI 0.3), which this version does not run");
        }
        var flat = lower ? session.lowered(type, false) : session.lifted(type, false, false);
        if (flat.needsMemory() && !memory) {
            throw invalid(path + " passes values in memory, but the module does not export '" + ModuleDefinition.MEMORY
                    + "'");
        }
        if (flat.needsRealloc() && !realloc) {
            throw invalid(
                    path + " needs room in memory, but the module does not export '" + ModuleDefinition.REALLOC + "'");
        }
        return flat.type();
    }

    private static InvalidComponentException invalid(String what) {
        return new InvalidComponentException(Kind.INVALID, 0, "the core module cannot be a component: " + what);
    }
}

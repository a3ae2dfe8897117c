package dev.creel.component.binary;

import dev.creel.component.binary.InvalidComponentException.Kind;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.InvalidModuleException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a whole component: its sections in order, and the components within. */
public final class ComponentDecoder {
    private static final byte[] MAGIC = {0, 'a', 's', 'm'};

    private final Session session;
    private final TypeReader types;
    private final AliasReader aliases;
    private final CanonReader canons;

    /** What the first bytes say. */
    public enum Preamble {
        /** A core module. */
        MODULE,
        /** A component. */
        COMPONENT
    }

    private ComponentDecoder(Session session) {
        this.session = session;
        this.types = new TypeReader(session);
        this.aliases = new AliasReader(session);
        this.canons = new CanonReader(session);
    }

    /**
     * Decodes and validates. Core modules within are parsed by {@code engine}.
     *
     * @throws InvalidComponentException saying what is wrong and where
     */
    public static ComponentDefinition decode(byte[] bytes, CoreEngine engine, ComponentLimits limits) {
        return decode(bytes, new Session(engine, limits));
    }

    static ComponentDefinition decode(byte[] bytes, Session session) {
        if (preamble(bytes) == Preamble.MODULE) {
            throw new InvalidComponentException(
                    Kind.CORE_MODULE, 4, "this is a core WebAssembly module, not a component");
        }
        return new ComponentDecoder(session).component(new Input(bytes, session.limits.nameBytes()), null);
    }

    /**
     * Tells modules and components apart.
     *
     * @throws InvalidComponentException if it is neither
     */
    public static Preamble preamble(byte[] bytes) {
        var in = new Input(bytes, 0);
        for (byte expected : MAGIC) {
            if (in.atEnd()) {
                throw in.wrong(Kind.NOT_WASM, "this is not WebAssembly: it has only " + bytes.length + " bytes");
            }
            if ((byte) in.u8() != expected) {
                throw in.wrong(Kind.NOT_WASM, "this is not WebAssembly: it does not begin with \\0asm");
            }
        }
        if (in.remaining() < 4) {
            throw in.malformed("cut off: the version is missing");
        }
        int version = in.u8() | in.u8() << 8;
        int layer = in.u8() | in.u8() << 8;
        if (version == 1 && layer == 0) {
            return Preamble.MODULE;
        }
        if (layer != 1) {
            throw in.malformed("unknown version " + version + " of layer " + layer + " of WebAssembly");
        }
        if (version != 0x0d) {
            throw in.malformed("this component has version " + version
                    + " of the binary format, from before its release; build it again with a current toolchain");
        }
        return Preamble.COMPONENT;
    }

    private ComponentDefinition component(Input in, @Nullable Scope outer) {
        var scope = new Scope(Scope.Form.COMPONENT, outer, session.work);
        if (scope.depth > session.limits.nesting()) {
            throw in.wrong(Kind.TOO_LARGE, "components are nested deeper than " + session.limits.nesting());
        }
        in.part(8, "the preamble");
        while (!in.atEnd()) {
            int id = in.u8();
            var section = SECTIONS.get(id);
            if (section == null) {
                throw in.malformed("unknown section " + id);
            }
            long size = in.limit();
            if (size > session.limits.sectionBytes()) {
                throw in.wrong(
                        size > in.remaining() ? Kind.MALFORMED : Kind.TOO_LARGE,
                        "the section '" + section + "' of " + size + " bytes is longer than "
                                + (size > in.remaining()
                                        ? in.remaining() + ", which are left"
                                        : session.limits.sectionBytes()));
            }
            var body = in.part(size, "the section '" + section + "'");
            section(id, body, scope);
            body.mustEnd("the section '" + section + "'");
        }
        return new ComponentDefinition(List.copyOf(scope.definitions), session.checked(in, scope.componentType(in)));
    }

    private static final Map<Integer, String> SECTIONS = Map.ofEntries(
            Map.entry(0, "custom"),
            Map.entry(1, "core module"),
            Map.entry(2, "core instances"),
            Map.entry(3, "core types"),
            Map.entry(4, "component"),
            Map.entry(5, "instances"),
            Map.entry(6, "aliases"),
            Map.entry(7, "types"),
            Map.entry(8, "canonical definitions"),
            Map.entry(9, "start"),
            Map.entry(10, "imports"),
            Map.entry(11, "exports"),
            Map.entry(12, "values"));

    private void section(int id, Input in, Scope scope) {
        switch (id) {
            case 0 -> {
                in.name();
                in.part(in.remaining(), "a custom section");
            }
            case 1 -> module(in, scope);
            case 2 -> each(in, "core instances", () -> coreInstance(in, scope));
            case 3 -> each(in, "core types", () -> types.coreType(in, scope));
            case 4 -> {
                session.component(in);
                session.definition(in);
                if (in.remaining() < 8 || preamble(in) != Preamble.COMPONENT) {
                    throw in.malformed("a nested component has no component's preamble");
                }
                var nested = component(in, scope);
                scope.components.add(nested.type());
                scope.definitions.add(new Definition.Nested(nested));
            }
            case 5 -> each(in, "instances", () -> instance(in, scope));
            case 6 -> each(in, "aliases", () -> aliases.read(in, scope));
            case 7 -> each(in, "types", () -> types.type(in, scope));
            case 8 -> each(in, "canonical definitions", () -> canons.read(in, scope));
            case 9 -> throw in.unsupported("a component start function", "not part of any WASI version");
            case 10 -> each(in, "imports", () -> imports(in, scope));
            case 11 -> each(in, "exports", () -> export(in, scope));
            case 12 -> throw in.unsupported("values", "not part of any WASI version");
            default -> throw in.malformed("unknown section " + id);
        }
    }

    private void each(Input in, String what, Runnable read) {
        int count = in.count(session.limits.definitions(), what);
        for (int i = 0; i < count; i++) {
            read.run();
        }
    }

    private static Preamble preamble(Input in) {
        return preamble(in.copyOfNext(8));
    }

    private void module(Input in, Scope scope) {
        int number = session.module(in);
        session.definition(in);
        int offset = in.offset();
        try {
            var module = session.engine.parse(in.rest());
            var imported = new HashSet<List<String>>();
            for (var one : module.imports()) {
                if (!imported.add(List.of(one.module(), one.name()))) {
                    throw new InvalidComponentException(
                            Kind.INVALID,
                            offset,
                            "core module " + number + " imports " + one.module() + "." + one.name()
                                    + " twice, which a component cannot satisfy");
                }
            }
            scope.modules.add(new ModuleType(module.imports(), module.exports()));
            scope.definitions.add(new Definition.Module(module));
        } catch (InvalidModuleException e) {
            throw refused(offset, "core module " + number, e);
        }
    }

    static InvalidComponentException refused(long offset, String what, InvalidModuleException e) {
        var kind = switch (e.kind()) {
            case MALFORMED -> Kind.MALFORMED;
            case INVALID -> Kind.INVALID;
            case UNSUPPORTED -> Kind.UNSUPPORTED;
            case TOO_LARGE -> Kind.TOO_LARGE;
        };
        return new InvalidComponentException(kind, offset, what + ": " + e.getMessage(), e);
    }

    private void coreInstance(Input in, Scope scope) {
        session.definition(in);
        session.instance(in);
        switch (in.u8()) {
            case 0 -> instantiateModule(in, scope);
            case 1 -> {
                var items = new LinkedHashMap<String, Item.Indexed>();
                var types = new LinkedHashMap<String, CoreType>();
                int count = in.count(session.limits.names(), "exports");
                for (int i = 0; i < count; i++) {
                    var name = in.name();
                    var sort = AliasReader.coreSort(in);
                    int index = in.u32();
                    if (types.put(name, scope.coreItem(in, sort, index)) != null) {
                        throw in.invalid("core export '" + name + "' occurs twice");
                    }
                    items.put(name, new Item.Indexed(sort, index));
                }
                scope.coreInstances.add(types);
                scope.definitions.add(new Definition.CoreBag(items));
            }
            default -> throw in.malformed("unknown kind of core instance");
        }
    }

    private void instantiateModule(Input in, Scope scope) {
        int index = in.u32();
        var module = Scope.at(in, scope.modules, index, Sort.CORE_MODULE);
        var args = new HashMap<String, Integer>();
        int count = in.count(session.limits.names(), "arguments");
        for (int i = 0; i < count; i++) {
            var name = in.name();
            if (in.u8() != 0x12) {
                throw in.malformed("only core instances can be arguments of a core module");
            }
            int instance = in.u32();
            Scope.at(in, scope.coreInstances, instance, Sort.CORE_INSTANCE);
            if (args.put(name, instance) != null) {
                throw in.invalid("argument '" + name + "' is given twice");
            }
        }
        for (var needed : module.imports()) {
            var from = args.get(needed.module());
            if (from == null) {
                throw in.invalid(
                        "core module " + index + " imports from '" + needed.module() + "', which is not given");
            }
            var given = scope.coreInstances.get(from).get(needed.name());
            if (given == null || !Matching.coreFits(needed.type(), given)) {
                throw in.invalid("core module " + index + " imports " + needed.module() + "." + needed.name() + " as "
                        + needed.type() + ", but " + (given == null ? "nothing" : given) + " is given");
            }
        }
        scope.coreInstances.add(module.exports());
        scope.definitions.add(new Definition.InstantiateModule(index, Map.copyOf(args)));
    }

    private void instance(Input in, Scope scope) {
        session.definition(in);
        session.instance(in);
        switch (in.u8()) {
            case 0 -> instantiate(in, scope);
            case 1 -> {
                var names = new Names("export");
                var items = new LinkedHashMap<String, Item>();
                int count = in.count(session.limits.names(), "exports");
                for (int i = 0; i < count; i++) {
                    var name = TypeReader.externName(in);
                    var sort = AliasReader.sort(in);
                    int index = in.u32();
                    var type = scope.item(in, sort, index);
                    names.addPart(in, name, type, session.limits.names());
                    items.put(name.name(), item(sort, index, type));
                }
                scope.instances.add(session.checked(in, names.types()));
                scope.definitions.add(new Definition.Bag(items));
            }
            default -> throw in.malformed("unknown kind of instance");
        }
    }

    private static Item item(Sort sort, int index, ExternType type) {
        return type instanceof ExternType.Type(var definition)
                ? new Item.Type(definition)
                : new Item.Indexed(sort, index);
    }

    private void instantiate(Input in, Scope scope) {
        int index = in.u32();
        var component = Scope.at(in, scope.components, index, Sort.COMPONENT);
        var items = new LinkedHashMap<String, Item>();
        var given = new HashMap<String, ExternType>();
        int count = in.count(session.limits.names(), "arguments");
        for (int i = 0; i < count; i++) {
            var name = in.name();
            var sort = AliasReader.sort(in);
            int item = in.u32();
            var type = scope.item(in, sort, item);
            if (given.put(name, type) != null) {
                throw in.invalid("argument '" + name + "' is given twice");
            }
            items.put(name, item(sort, item, type));
        }
        var matching = new Matching(component.importBound(), session.work);
        try {
            matching.exports(component.imports(), given);
        } catch (Matching.MismatchException e) {
            throw in.invalid("component " + index + " cannot be instantiated: its import " + e.getMessage());
        }
        var exports = types.instantiated(in, component, matching, scope);
        scope.instances.add(exports);
        scope.definitions.add(new Definition.Instantiate(index, items, exports));
    }

    private void imports(Input in, Scope scope) {
        int offset = in.offset();
        var name = TypeReader.externName(in);
        var type = types.externType(in, scope, name.name(), scope.importBound);
        scope.imported(in, name, type, session.limits.names());
        var later = session.later(type);
        scope.definitions.add(new Definition.Import(
                name,
                type,
                later.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new LaterFeature(
                                later + " in its import " + Input.shortened(name.name()),
                                LaterFeature.WASI_0_3,
                                offset))));
    }

    private void export(Input in, Scope scope) {
        session.definition(in);
        var name = TypeReader.externName(in);
        var sort = AliasReader.sort(in);
        int index = in.u32();
        var actual = scope.item(in, sort, index);
        var seen = actual instanceof ExternType.Type(var definition)
                ? new ExternType.Type(definition.again(name.name()))
                : actual;
        if (in.flag("the mark of a type")) {
            int known = scope.exportBound.size();
            seen = types.externType(in, scope, name.name(), scope.exportBound);
            var introduced = scope.exportBound.subList(known, scope.exportBound.size());
            try {
                new Matching(introduced, session.work).extern(name.name(), seen, actual);
            } catch (Matching.MismatchException e) {
                throw in.invalid("export " + e.getMessage());
            }
        }
        scope.exported(in, name, seen, session.limits.names());
        scope.definitions.add(new Definition.Export(name.name(), item(sort, index, actual), seen));
    }
}

package dev.creel.component.binary;

import dev.creel.component.binary.InvalidComponentException.Kind;
import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.CoreImport;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.ValueKind;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.ResourceType;
import dev.creel.component.type.ValType;
import dev.creel.component.type.ValType.Primitive;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads types (reference component-model §1.4) into a scope. */
final class TypeReader {
    private static final Primitive[] PRIMITIVES = {
        Primitive.STRING,
        Primitive.CHAR,
        Primitive.F64,
        Primitive.F32,
        Primitive.U64,
        Primitive.S64,
        Primitive.U32,
        Primitive.S32,
        Primitive.U16,
        Primitive.S16,
        Primitive.U8,
        Primitive.S8,
        Primitive.BOOL
    };
    private static final int FIRST_PRIMITIVE = 0x73;
    private static final int FLAGS_MAX = 32;
    private static final int PAGES_MAX = 65536;

    private final Session session;

    TypeReader(Session session) {
        this.session = session;
    }

    /** An item of section 7, or a type within a type. */
    void type(Input in, Scope scope) {
        session.definition(in);
        var definition = switch (in.peek()) {
            case 0x3f -> resource(in, scope);
            case 0x40 -> {
                in.u8();
                yield new TypeDefinition.Func(func(in, scope));
            }
            case 0x41 -> {
                in.u8();
                var inner = declarations(in, scope, Scope.Form.COMPONENT_TYPE);
                yield new TypeDefinition.Component(inner.componentType());
            }
            case 0x42 -> {
                in.u8();
                var inner = declarations(in, scope, Scope.Form.INSTANCE_TYPE);
                yield new TypeDefinition.Instance(
                        new InstanceType(List.copyOf(inner.exportBound), inner.exports.types()));
            }
            case 0x43 -> throw in.unsupported("async functions", "WASI 0.3");
            default -> new TypeDefinition.Value(session.checked(in, definedType(in, scope)));
        };
        scope.types.add(definition);
    }

    private TypeDefinition resource(Input in, Scope scope) {
        if (scope.form != Scope.Form.COMPONENT) {
            throw in.invalid("a resource cannot be defined inside a type");
        }
        in.u8();
        int representation = in.u8();
        if (representation == 0x7e) {
            throw in.unsupported("resources of 64 bits", "memory64");
        } else if (representation != 0x7f) {
            throw in.malformed("a resource is represented by i32");
        }
        int destructor = in.flag("the mark of a destructor") ? in.u32() : -1;
        if (destructor >= 0
                && !scope.coreFunc(in, destructor).equals(new CoreFuncType(List.of(ValueKind.I32), List.of()))) {
            throw in.invalid("a destructor takes one i32 and returns nothing");
        }
        var resource = new ResourceType.Abstract("type " + scope.types.size());
        scope.own.add(resource);
        scope.exportBound.add(resource);
        scope.definitions.add(new Definition.Resource(resource, destructor));
        return new TypeDefinition.Resource(resource);
    }

    private FuncType func(Input in, Scope scope) {
        var params = fields(in, scope, "parameters");
        Optional<ValType> result;
        switch (in.u8()) {
            case 0 -> result = Optional.of(valType(in, scope));
            case 1 -> {
                if (in.u8() != 0) {
                    throw in.malformed("named results are no longer part of the format");
                }
                result = Optional.empty();
            }
            default -> throw in.malformed("unknown form of a function's result");
        }
        return session.checked(in, new FuncType(params, result, false));
    }

    private Scope declarations(Input in, Scope outer, Scope.Form form) {
        var scope = new Scope(form, outer);
        if (scope.depth > session.limits.nesting()) {
            throw in.wrong(Kind.TOO_LARGE, "types are nested deeper than " + session.limits.nesting() + " scopes");
        }
        int count = in.count(session.limits.names(), "declarations");
        for (int i = 0; i < count; i++) {
            switch (in.u8()) {
                case 0 -> coreType(in, scope);
                case 1 -> type(in, scope);
                case 2 -> new AliasReader(session).read(in, scope);
                case 3 -> {
                    if (form != Scope.Form.COMPONENT_TYPE) {
                        throw in.malformed("an instance type has no imports");
                    }
                    var name = externName(in);
                    var type = externType(in, scope, name, scope.importBound);
                    scope.imports.add(in, name, type, session.limits.names());
                    scope.add(type);
                }
                case 4 -> {
                    var name = externName(in);
                    var type = externType(in, scope, name, scope.exportBound);
                    scope.exports.add(in, name, type, session.limits.names());
                    scope.add(type);
                }
                default -> throw in.malformed("unknown declaration in a type");
            }
        }
        return scope;
    }

    /** A name of an import or export; its attributes mean nothing to us. */
    static String externName(Input in) {
        return switch (in.u8()) {
            case 0, 1 -> in.name();
            case 2 -> throw in.unsupported("names with attributes", "WASI 0.3.1");
            default -> throw in.malformed("unknown form of a name");
        };
    }

    /** @param bound takes the resources that this type introduces */
    ExternType externType(Input in, Scope scope, String name, List<ResourceType.Abstract> bound) {
        session.definition(in);
        return switch (in.u8()) {
            case 0x00 -> {
                if (in.u8() != 0x11) {
                    throw in.malformed("only core modules can stand here");
                }
                yield switch (Scope.at(in, scope.coreTypes, in.u32(), Sort.CORE_TYPE)) {
                    case CoreTypeDefinition.Module(var type) -> new ExternType.Module(type);
                    case CoreTypeDefinition.Func _ -> throw in.invalid("this core type is not a module type");
                };
            }
            case 0x01 -> new ExternType.Func(scope.funcType(in, in.u32()));
            case 0x02 -> throw in.unsupported("values", "not part of any WASI version");
            case 0x03 ->
                switch (in.u8()) {
                    case 0 -> new ExternType.Type(scope.type(in, in.u32()));
                    case 1 -> {
                        var resource = new ResourceType.Abstract(name);
                        bound.add(resource);
                        yield new ExternType.Type(new TypeDefinition.Resource(resource));
                    }
                    default -> throw in.malformed("unknown bound of a type");
                };
            case 0x04 -> {
                if (scope.type(in, in.u32()) instanceof TypeDefinition.Component(var type)) {
                    yield new ExternType.Component(type);
                }
                throw in.invalid("this type is not a component type");
            }
            case 0x05 -> {
                if (scope.type(in, in.u32()) instanceof TypeDefinition.Instance(var type)) {
                    yield new ExternType.Instance(fresh(type, bound));
                }
                throw in.invalid("this type is not an instance type");
            }
            default -> throw in.malformed("unknown kind of import or export");
        };
    }

    /** The exports of an instance type, with resources of their own. */
    private Map<String, ExternType> fresh(InstanceType type, List<ResourceType.Abstract> bound) {
        var fresh = renamed(type.bound(), bound);
        return new Substitution(resource -> fresh.getOrDefault(resource, resource), session.work).in(type.exports());
    }

    /** The exports of a new instance of a component: resources of its own, and what {@code matching} found for its imports. */
    Map<String, ExternType> instantiated(ComponentType component, Matching matching, Scope scope) {
        var fresh = renamed(component.exportBound(), scope.exportBound);
        return new Substitution(
                        resource -> {
                            var made = fresh.get(resource);
                            return made == null ? matching.resolve(resource) : made;
                        },
                        session.work)
                .in(component.exports());
    }

    private Map<ResourceType, ResourceType> renamed(
            List<ResourceType.Abstract> old, List<ResourceType.Abstract> bound) {
        session.work.spend(old.size());
        var fresh = new HashMap<ResourceType, ResourceType>();
        for (var one : old) {
            var made = new ResourceType.Abstract(one.name());
            fresh.put(one, made);
            bound.add(made);
        }
        return fresh;
    }

    private ValType valType(Input in, Scope scope) {
        int first = in.peek();
        return (first & 0xc0) == 0x40 ? primitive(in) : scope.valType(in, in.s33());
    }

    private static Primitive primitive(Input in) {
        int code = in.u8();
        if (code >= FIRST_PRIMITIVE && code < FIRST_PRIMITIVE + PRIMITIVES.length) {
            return PRIMITIVES[code - FIRST_PRIMITIVE];
        }
        throw code == 0x64
                ? in.unsupported("error-context", "WASI 0.3")
                : in.malformed("unknown type 0x" + Integer.toHexString(code));
    }

    private ValType definedType(Input in, Scope scope) {
        if (in.peek() >= FIRST_PRIMITIVE && in.peek() <= 0x7f) {
            return primitive(in);
        }
        return switch (in.u8()) {
            case 0x72 -> new ValType.RecordOf(someOf(in, fields(in, scope, "fields")));
            case 0x71 -> new ValType.Variant(someOf(in, cases(in, scope)));
            case 0x70 -> new ValType.ListOf(valType(in, scope));
            case 0x6f -> new ValType.Tuple(someOf(in, list(in, "elements", one -> valType(one, scope))));
            case 0x6e -> {
                var labels = someOf(in, labels(in));
                if (labels.size() > FLAGS_MAX) {
                    throw in.invalid("flags hold at most " + FLAGS_MAX + " labels");
                }
                yield new ValType.Flags(labels);
            }
            case 0x6d -> new ValType.EnumOf(someOf(in, labels(in)));
            case 0x6b -> new ValType.Option(valType(in, scope));
            case 0x6a -> new ValType.Result(optional(in, scope), optional(in, scope));
            case 0x69 -> new ValType.Own(scope.resource(in, in.u32()));
            case 0x68 -> new ValType.Borrow(scope.resource(in, in.u32()));
            case 0x67 -> throw in.unsupported("lists of fixed length", "not part of any WASI version");
            case 0x66 -> throw in.unsupported("streams", "WASI 0.3");
            case 0x65 -> throw in.unsupported("futures", "WASI 0.3");
            case 0x64 -> throw in.unsupported("error-context", "WASI 0.3");
            case 0x63 -> throw in.unsupported("maps", "WASI 0.3.1");
            default -> throw in.malformed("unknown type");
        };
    }

    private Optional<ValType> optional(Input in, Scope scope) {
        return in.flag("the mark of a type") ? Optional.of(valType(in, scope)) : Optional.empty();
    }

    private List<ValType.Field> fields(Input in, Scope scope, String what) {
        var names = new HashSet<String>();
        return list(in, what, one -> new ValType.Field(label(one, names), valType(one, scope)));
    }

    private List<ValType.Case> cases(Input in, Scope scope) {
        var names = new HashSet<String>();
        return list(in, "cases", one -> {
            var result = new ValType.Case(label(one, names), optional(one, scope));
            if (one.u8() != 0) {
                throw one.malformed("a case ends with 0");
            }
            return result;
        });
    }

    private List<String> labels(Input in) {
        var names = new HashSet<String>();
        return list(in, "labels", one -> label(one, names));
    }

    private static String label(Input in, Set<String> taken) {
        var label = in.name();
        if (!ExternName.isLabel(label)) {
            throw in.invalid("'" + label + "' is not a label");
        }
        if (!taken.add(label.toLowerCase(Locale.ROOT))) {
            throw in.invalid("label '" + label + "' occurs twice");
        }
        return label;
    }

    private <T> List<T> list(Input in, String what, Function<Input, T> part) {
        int count = in.count(session.limits.parts(), what);
        var result = new ArrayList<T>(Math.min(count, 64));
        for (int i = 0; i < count; i++) {
            result.add(part.apply(in));
        }
        return List.copyOf(result);
    }

    private static <T> List<T> someOf(Input in, List<T> parts) {
        if (parts.isEmpty()) {
            throw in.invalid("a type needs at least one part");
        }
        return parts;
    }

    /** An item of section 3, or a core type within a type. */
    void coreType(Input in, Scope scope) {
        session.definition(in);
        var type = switch (in.u8()) {
            case 0x60 -> new CoreTypeDefinition.Func(coreFunc(in));
            case 0x50 -> new CoreTypeDefinition.Module(module(in, scope));
            case 0x00, 0x4e, 0x4f, 0x5e, 0x5f ->
                throw in.unsupported("types of the GC proposal", "core WebAssembly 3.0");
            default -> throw in.malformed("unknown core type");
        };
        scope.coreTypes.add(type);
    }

    private CoreFuncType coreFunc(Input in) {
        return new CoreFuncType(
                list(in, "parameters", TypeReader::coreValue), list(in, "results", TypeReader::coreValue));
    }

    private static ValueKind coreValue(Input in) {
        return switch (in.u8()) {
            case 0x7f -> ValueKind.I32;
            case 0x7e -> ValueKind.I64;
            case 0x7d -> ValueKind.F32;
            case 0x7c -> ValueKind.F64;
            case 0x7b -> ValueKind.V128;
            case 0x70 -> ValueKind.FUNCREF;
            case 0x6f -> ValueKind.EXTERNREF;
            case 0x69 -> ValueKind.EXNREF;
            default -> throw in.unsupported("a type of core values", "unknown, or of the GC proposal");
        };
    }

    private ModuleType module(Input in, Scope outer) {
        var types = new ArrayList<CoreTypeDefinition>();
        var imports = new ArrayList<CoreImport>();
        var exports = new LinkedHashMap<String, CoreType>();
        var taken = new HashSet<List<String>>();
        int count = in.count(session.limits.names(), "declarations");
        for (int i = 0; i < count; i++) {
            session.definition(in);
            switch (in.u8()) {
                case 0 -> {
                    var module = in.name();
                    var name = in.name();
                    if (!taken.add(List.of(module, name))) {
                        throw in.invalid("the module type imports " + module + "." + name + " twice");
                    }
                    imports.add(new CoreImport(module, name, coreExtern(in, types)));
                }
                case 1 -> {
                    if (in.u8() != 0x60) {
                        throw in.unsupported("core types other than functions within module types", "rare");
                    }
                    types.add(new CoreTypeDefinition.Func(coreFunc(in)));
                }
                case 2 -> types.add(outerCoreType(in, outer));
                case 3 -> {
                    var name = in.name();
                    if (exports.put(name, coreExtern(in, types)) != null) {
                        throw in.invalid("the module type exports '" + name + "' twice");
                    }
                }
                default -> throw in.malformed("unknown declaration in a module type");
            }
        }
        return new ModuleType(List.copyOf(imports), Collections.unmodifiableMap(exports));
    }

    /** An outer alias within a module type, which is a scope of its own. */
    private static CoreTypeDefinition outerCoreType(Input in, Scope outer) {
        if (in.u8() != 0x10 || in.u8() != 0x01) {
            throw in.malformed("a module type can alias only core types around it");
        }
        int up = in.u32();
        if (up == 0) {
            throw in.unsupported("aliases of a module type to itself", "rare");
        }
        return Scope.at(in, outer.outer(in, up - 1).coreTypes, in.u32(), Sort.CORE_TYPE);
    }

    private static CoreType coreExtern(Input in, List<CoreTypeDefinition> types) {
        return switch (in.u8()) {
            case 0 -> new CoreType.Func(coreFuncType(in, types));
            case 1 -> {
                var element = coreValue(in);
                var limits = limits(in, false);
                yield new CoreType.Table(element, limits.min(), limits.max());
            }
            case 2 -> {
                var memory = limits(in, true);
                if (memory.min() > PAGES_MAX || memory.max() > PAGES_MAX) {
                    throw in.invalid("a memory has at most " + PAGES_MAX + " pages");
                }
                yield memory;
            }
            case 3 -> new CoreType.Global(coreValue(in), in.flag("mutability"));
            case 4 -> {
                if (in.u8() != 0) {
                    throw in.malformed("unknown attribute of a tag");
                }
                yield new CoreType.Tag(coreFuncType(in, types));
            }
            default -> throw in.malformed("unknown kind of core import or export");
        };
    }

    private static CoreFuncType coreFuncType(Input in, List<CoreTypeDefinition> types) {
        return switch (Scope.at(in, types, in.u32(), Sort.CORE_TYPE)) {
            case CoreTypeDefinition.Func(var type) -> type;
            case CoreTypeDefinition.Module _ -> throw in.invalid("this core type is not a function type");
        };
    }

    private static CoreType.Memory limits(Input in, boolean mayBeShared) {
        int flags = in.u8();
        if (flags > 3 || (flags >= 2 && !mayBeShared)) {
            throw in.unsupported("memories or tables of 64 bits", "memory64");
        }
        long min = in.u32();
        long max = (flags & 1) != 0 ? in.u32() : -1;
        return new CoreType.Memory(min, max, (flags & 2) != 0);
    }
}

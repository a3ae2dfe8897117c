package dev.creel.component.binary;

import dev.creel.component.binary.InvalidComponentException.Kind;
import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.ValueKind;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.ResourceType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads types of functions, components, instances and items (reference component-model §1.4) into a scope. */
final class TypeReader {
    private static final int IMPLEMENTS = 0;
    private static final int VERSION_SUFFIX = 1;
    private static final int EXTERNAL_ID = 2;
    private static final int ATTRIBUTES_MAX = 16;

    private final Session session;
    private final ValTypeReader values;
    private final CoreTypeReader core;

    TypeReader(Session session) {
        this.session = session;
        this.values = new ValTypeReader(session);
        this.core = new CoreTypeReader(session);
    }

    /** An item of section 7, or a type within a type. */
    void type(Input in, Scope scope) {
        session.definition(in);
        var definition = switch (in.peek()) {
            case 0x3f -> resource(in, scope);
            case 0x40, 0x43 -> new TypeDefinition.Func(func(in, scope));
            case 0x41 -> {
                in.u8();
                var inner = declarations(in, scope, Scope.Form.COMPONENT_TYPE);
                yield new TypeDefinition.Component(session.checked(in, inner.componentType(in)));
            }
            case 0x42 -> {
                in.u8();
                var inner = declarations(in, scope, Scope.Form.INSTANCE_TYPE);
                yield new TypeDefinition.Instance(
                        new InstanceType(List.copyOf(inner.exportBound), session.checked(in, inner.exports.types())));
            }
            default -> new TypeDefinition.Value(session.checked(in, values.definedType(in, scope)));
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
            throw in.invalid("a resource is represented by i32");
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
        boolean async = in.u8() == 0x43;
        var params = values.fields(in, scope, "parameters");
        return session.checked(in, new FuncType(params, values.result(in, scope), async));
    }

    private Scope declarations(Input in, Scope outer, Scope.Form form) {
        var scope = new Scope(form, outer, session.work);
        if (scope.depth > session.limits.nesting()) {
            throw in.wrong(Kind.TOO_LARGE, "types are nested deeper than " + session.limits.nesting() + " scopes");
        }
        int count = in.count(session.limits.names(), "declarations");
        for (int i = 0; i < count; i++) {
            switch (in.u8()) {
                case 0 -> core.read(in, scope);
                case 1 -> type(in, scope);
                case 2 -> new AliasReader(session).read(in, scope);
                case 3 -> {
                    if (form != Scope.Form.COMPONENT_TYPE) {
                        throw in.malformed("an instance type has no imports");
                    }
                    var name = externName(in);
                    var type = externType(in, scope, name.name(), scope.importBound);
                    scope.imported(in, name, type, session.limits.names());
                }
                case 4 -> {
                    var name = externName(in);
                    var type = externType(in, scope, name.name(), scope.exportBound);
                    scope.exported(in, name, type, session.limits.names());
                }
                default -> throw in.malformed("unknown declaration in a type");
            }
        }
        return scope;
    }

    /** A name of an import or export. */
    static AttributedName externName(Input in) {
        return switch (in.u8()) {
            case 0, 1 -> new AttributedName(in.name(), Optional.empty(), Optional.empty());
            case 2 -> attributed(in, in.name());
            default -> throw in.malformed("unknown form of a name");
        };
    }

    private static AttributedName attributed(Input in, String name) {
        var attributes = new HashMap<Integer, String>();
        int count = in.count(ATTRIBUTES_MAX, "attributes of a name");
        for (int i = 0; i < count; i++) {
            int kind = in.u8();
            if (kind > EXTERNAL_ID) {
                throw in.malformed("unknown attribute of a name");
            }
            var value = in.name();
            if (kind == VERSION_SUFFIX) {
                throw in.unsupported("versions split into a name and a suffix", "canonical interface names");
            }
            if (attributes.put(kind, value) != null) {
                throw in.invalid("an attribute of name '" + Input.shortened(name) + "' is given twice");
            }
        }
        return new AttributedName(
                name,
                Optional.ofNullable(attributes.get(IMPLEMENTS)),
                Optional.ofNullable(attributes.get(EXTERNAL_ID)));
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
                    case 0 -> new ExternType.Type(scope.type(in, in.u32()).again(name));
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
    Map<String, ExternType> instantiated(Input in, ComponentType component, Matching matching, Scope scope) {
        var fresh = renamed(component.exportBound(), scope.exportBound);
        var exports = new Substitution(
                        resource -> {
                            var made = fresh.get(resource);
                            return made == null ? matching.resolve(resource) : made;
                        },
                        matching.renamed(),
                        session.work)
                .in(component.exports());
        return session.checked(in, exports);
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

    /** An item of section 3. */
    void coreType(Input in, Scope scope) {
        core.read(in, scope);
    }
}

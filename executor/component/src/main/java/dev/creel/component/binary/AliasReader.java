package dev.creel.component.binary;

import dev.creel.component.core.CoreType;

/** Reads aliases (reference component-model §1.3). */
final class AliasReader {
    private final Session session;

    AliasReader(Session session) {
        this.session = session;
    }

    void read(Input in, Scope scope) {
        session.definition(in);
        var sort = sort(in);
        switch (in.u8()) {
            case 0 -> export(in, scope, sort);
            case 1 -> coreExport(in, scope, sort);
            case 2 -> outer(in, scope, sort);
            default -> throw in.malformed("unknown kind of alias");
        }
    }

    static Sort sort(Input in) {
        return switch (in.u8()) {
            case 0 -> coreSort(in);
            case 1 -> Sort.FUNC;
            case 2 -> throw in.unsupported("values", "not part of any WASI version");
            case 3 -> Sort.TYPE;
            case 4 -> Sort.COMPONENT;
            case 5 -> Sort.INSTANCE;
            default -> throw in.malformed("unknown sort");
        };
    }

    static Sort coreSort(Input in) {
        return switch (in.u8()) {
            case 0x00 -> Sort.CORE_FUNC;
            case 0x01 -> Sort.CORE_TABLE;
            case 0x02 -> Sort.CORE_MEMORY;
            case 0x03 -> Sort.CORE_GLOBAL;
            case 0x04 -> Sort.CORE_TAG;
            case 0x10 -> Sort.CORE_TYPE;
            case 0x11 -> Sort.CORE_MODULE;
            case 0x12 -> Sort.CORE_INSTANCE;
            default -> throw in.malformed("unknown core sort");
        };
    }

    private static void export(Input in, Scope scope, Sort sort) {
        int index = in.u32();
        var instance = Scope.at(in, scope.instances, index, Sort.INSTANCE);
        var name = in.name();
        var type = instance.get(name);
        if (type == null) {
            throw in.invalid("instance " + index + " has no export '" + name + "'");
        }
        if (sortOf(type) != sort) {
            throw in.invalid("export '" + name + "' of instance " + index + " is not a " + sort.text());
        }
        scope.add(type);
        if (sort != Sort.TYPE) {
            scope.definitions.add(new Definition.AliasExport(sort, index, name));
        }
    }

    static Sort sortOf(ExternType type) {
        return switch (type) {
            case ExternType.Module _ -> Sort.CORE_MODULE;
            case ExternType.Func _ -> Sort.FUNC;
            case ExternType.Type _ -> Sort.TYPE;
            case ExternType.Component _ -> Sort.COMPONENT;
            case ExternType.Instance _ -> Sort.INSTANCE;
        };
    }

    private static void coreExport(Input in, Scope scope, Sort sort) {
        int index = in.u32();
        var instance = Scope.at(in, scope.coreInstances, index, Sort.CORE_INSTANCE);
        var name = in.name();
        var type = instance.get(name);
        if (type == null) {
            throw in.invalid("core instance " + index + " has no export '" + name + "'");
        }
        if (coreSortOf(type) != sort) {
            throw in.invalid("export '" + name + "' of core instance " + index + " is not a " + sort.text());
        }
        scope.addCore(type);
        scope.definitions.add(new Definition.AliasCoreExport(sort, index, name));
    }

    private static Sort coreSortOf(CoreType type) {
        return switch (type) {
            case CoreType.Func _ -> Sort.CORE_FUNC;
            case CoreType.Table _ -> Sort.CORE_TABLE;
            case CoreType.Memory _ -> Sort.CORE_MEMORY;
            case CoreType.Global _ -> Sort.CORE_GLOBAL;
            case CoreType.Tag _ -> Sort.CORE_TAG;
        };
    }

    private void outer(Input in, Scope scope, Sort sort) {
        int up = in.u32();
        int index = in.u32();
        var target = scope.outer(in, up);
        switch (sort) {
            case TYPE -> {
                var type = target.type(in, index);
                if (crossesComponent(scope, up)
                        && !Substitution.foreign(type, session.work).isEmpty()) {
                    throw in.invalid("a component cannot use a resource of a component around it without importing it");
                }
                scope.types.add(type);
            }
            case CORE_TYPE -> scope.coreTypes.add(Scope.at(in, target.coreTypes, index, sort));
            case CORE_MODULE -> scope.modules.add(Scope.at(in, target.modules, index, sort));
            case COMPONENT -> scope.components.add(Scope.at(in, target.components, index, sort));
            case CORE_FUNC, CORE_TABLE, CORE_MEMORY, CORE_GLOBAL, CORE_TAG, CORE_INSTANCE, FUNC, INSTANCE ->
                throw in.malformed("a " + sort.text() + " of an outer scope cannot be used");
        }
        if (sort == Sort.CORE_MODULE || sort == Sort.COMPONENT) {
            if (scope.form != Scope.Form.COMPONENT) {
                throw in.invalid("a type cannot alias a " + sort.text());
            }
            scope.definitions.add(new Definition.AliasOuter(sort, up, index));
        }
    }

    private static boolean crossesComponent(Scope scope, int up) {
        var inner = scope;
        for (int i = 0; i < up && inner != null; i++) {
            if (inner.form == Scope.Form.COMPONENT) {
                return true;
            }
            inner = inner.outer;
        }
        return false;
    }
}

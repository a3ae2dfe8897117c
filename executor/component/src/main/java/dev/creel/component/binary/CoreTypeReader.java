package dev.creel.component.binary;

import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.CoreImport;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.ValueKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/** Reads core types: of functions, and of modules (reference component-model §1.4). */
final class CoreTypeReader {
    private static final int PAGES_MAX = 65536;
    private static final int FUNC = 0x60;
    private static final int MODULE = 0x50;
    /** In a module type a non-final type begins with 0x50; elsewhere 0 stands before it. */
    private static final int SUB = 0x50;

    private static final int SUB_FINAL = 0x4f;
    private static final int GROUP = 0x4e;
    private static final int OUTER = 0x01;
    private static final int TYPE_SORT = 0x10;

    private final Session session;

    CoreTypeReader(Session session) {
        this.session = session;
    }

    /** An item of section 3, or a core type within a type. */
    void read(Input in, Scope scope) {
        session.definition(in);
        switch (in.peek()) {
            case MODULE -> {
                in.u8();
                scope.coreTypes.add(new CoreTypeDefinition.Module(module(in, scope)));
            }
            case 0 -> {
                in.u8();
                if (in.peek() != SUB) {
                    throw in.malformed("only a non-final type stands behind 0 here");
                }
                types(in, scope.coreTypes);
            }
            default -> types(in, scope.coreTypes);
        }
    }

    /** One type, or a group of them that may mention each other. */
    private void types(Input in, List<CoreTypeDefinition> space) {
        if (in.peek() == GROUP) {
            throw in.unsupported("groups of recursive types", "the GC proposal of core WebAssembly");
        }
        space.add(new CoreTypeDefinition.Func(subtype(in)));
    }

    private CoreFuncType subtype(Input in) {
        if (in.peek() == SUB || in.peek() == SUB_FINAL) {
            in.u8();
            if (in.count(1, "supertypes") > 0) {
                throw in.unsupported("supertypes", "the GC proposal of core WebAssembly");
            }
        }
        int code = in.u8();
        return switch (code) {
            case FUNC ->
                new CoreFuncType(
                        list(in, "parameters", CoreTypeReader::value), list(in, "results", CoreTypeReader::value));
            case 0x5e, 0x5f -> throw in.unsupported("struct and array types", "the GC proposal of core WebAssembly");
            default -> throw in.malformed("unknown core type 0x" + Integer.toHexString(code));
        };
    }

    private <T> List<T> list(Input in, String what, Function<Input, T> part) {
        int count = in.count(session.limits.parts(), what);
        var result = new ArrayList<T>(Math.min(count, 64));
        for (int i = 0; i < count; i++) {
            result.add(part.apply(in));
        }
        return List.copyOf(result);
    }

    private static ValueKind value(Input in) {
        int code = in.u8();
        return switch (code) {
            case 0x7f -> ValueKind.I32;
            case 0x7e -> ValueKind.I64;
            case 0x7d -> ValueKind.F32;
            case 0x7c -> ValueKind.F64;
            case 0x7b -> ValueKind.V128;
            case 0x70 -> ValueKind.FUNCREF;
            case 0x6f -> ValueKind.EXTERNREF;
            case 0x69 -> ValueKind.EXNREF;
            case 0x63, 0x64, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x71, 0x72, 0x73, 0x74 ->
                throw in.unsupported("typed references", "the GC proposal of core WebAssembly");
            default -> throw in.malformed("unknown type of core values 0x" + Integer.toHexString(code));
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
                        throw in.invalid("the module type imports " + Input.shortened(module) + "."
                                + Input.shortened(name) + " twice");
                    }
                    imports.add(new CoreImport(module, name, extern(in, types)));
                }
                case 1 -> types(in, types);
                case 2 -> types.add(outerType(in, outer, types));
                case 3 -> {
                    var name = in.name();
                    if (exports.put(name, extern(in, types)) != null) {
                        throw in.invalid("the module type exports '" + Input.shortened(name) + "' twice");
                    }
                }
                default -> throw in.malformed("unknown declaration in a module type");
            }
        }
        return new ModuleType(List.copyOf(imports), Collections.unmodifiableMap(exports));
    }

    /** An outer alias within a module type, which is a scope of its own. */
    private static CoreTypeDefinition outerType(Input in, Scope outer, List<CoreTypeDefinition> own) {
        if (in.u8() != TYPE_SORT) {
            throw in.malformed("a module type can alias only core types");
        }
        if (in.u8() != OUTER) {
            throw in.malformed("a module type can alias only what is around it");
        }
        int up = in.u32();
        int index = in.u32();
        if (up > 1) {
            throw in.invalid("a module type sees only itself and the scope around it");
        }
        var found = Scope.at(in, up == 0 ? own : outer.coreTypes, index, Sort.CORE_TYPE);
        if (found instanceof CoreTypeDefinition.Module) {
            throw in.invalid("a module type cannot hold another module type");
        }
        return found;
    }

    private static CoreType extern(Input in, List<CoreTypeDefinition> types) {
        return switch (in.u8()) {
            case 0 -> new CoreType.Func(func(in, types));
            case 1 -> {
                var element = value(in);
                if (element != ValueKind.FUNCREF && element != ValueKind.EXTERNREF && element != ValueKind.EXNREF) {
                    throw in.malformed("a table holds references");
                }
                var limits = limits(in, false);
                yield new CoreType.Table(element, limits.min(), limits.max());
            }
            case 2 -> {
                var memory = limits(in, true);
                if (memory.min() > PAGES_MAX || memory.max() > PAGES_MAX) {
                    throw in.invalid("a memory has at most " + PAGES_MAX + " pages");
                }
                if (memory.shared() && memory.max() < 0) {
                    throw in.invalid("a shared memory needs a maximum");
                }
                yield memory;
            }
            case 3 -> new CoreType.Global(value(in), in.flag("mutability"));
            case 4 -> {
                if (in.u8() != 0) {
                    throw in.malformed("unknown attribute of a tag");
                }
                var type = func(in, types);
                if (!type.results().isEmpty()) {
                    throw in.invalid("a tag has no results");
                }
                yield new CoreType.Tag(type);
            }
            default -> throw in.malformed("unknown kind of core import or export");
        };
    }

    private static CoreFuncType func(Input in, List<CoreTypeDefinition> types) {
        return switch (Scope.at(in, types, in.u32(), Sort.CORE_TYPE)) {
            case CoreTypeDefinition.Func(var type) -> type;
            case CoreTypeDefinition.Module _ -> throw in.invalid("this core type is not a function type");
        };
    }

    private static CoreType.Memory limits(Input in, boolean mayBeShared) {
        int flags = in.u8();
        if (flags > 7) {
            throw in.malformed("unknown form of limits");
        }
        if (flags > 3) {
            throw in.unsupported("memories or tables of 64 bits", "memory64");
        }
        if (flags >= 2 && !mayBeShared) {
            throw in.unsupported("shared tables", "shared threads");
        }
        long min = in.limit();
        long max = (flags & 1) != 0 ? in.limit() : -1;
        if (max >= 0 && min > max) {
            throw in.invalid("the size minimum must not be greater than the maximum");
        }
        return new CoreType.Memory(min, max, (flags & 2) != 0);
    }
}

package dev.creel.component.binary;

import dev.creel.component.binary.CanonOptionsReader.Use;
import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.ValueKind;
import dev.creel.component.type.ResourceType;
import java.util.List;

/**
 * Reads canonical definitions (reference component-model §1.5). Core signatures are checked here, against the flattened types:
 * what passes is safe to run.
 */
final class CanonReader {
    private static final CoreFuncType I32_TO_I32 = new CoreFuncType(List.of(ValueKind.I32), List.of(ValueKind.I32));
    private static final CoreFuncType I32_TO_NOTHING = new CoreFuncType(List.of(ValueKind.I32), List.of());

    private final Session session;
    private final BuiltinReader builtins;

    CanonReader(Session session) {
        this.session = session;
        this.builtins = new BuiltinReader(session);
    }

    void read(Input in, Scope scope) {
        session.definition(in);
        int offset = in.offset();
        int code = in.u8();
        switch (code) {
            case 0x00 -> lift(in, scope, offset);
            case 0x01 -> lower(in, scope, offset);
            case 0x02 -> {
                var resource = ownResource(in, scope);
                coreFunc(scope, I32_TO_I32, new Definition.ResourceNew(resource));
            }
            case 0x03 -> {
                var resource = scope.resource(in, in.u32());
                coreFunc(scope, I32_TO_NOTHING, new Definition.ResourceDrop(resource));
            }
            case 0x04 -> {
                var resource = ownResource(in, scope);
                coreFunc(scope, I32_TO_I32, new Definition.ResourceRep(resource));
            }
            default -> builtins.read(in, scope, code, offset);
        }
    }

    private void lift(Input in, Scope scope, int offset) {
        if (in.u8() != 0) {
            throw in.malformed("unknown form of canon lift");
        }
        int core = in.u32();
        var given = scope.coreFunc(in, core);
        var options = CanonOptionsReader.read(in, scope, Use.LIFT);
        var type = scope.funcType(in, in.u32());
        if (options.async() && !type.async()) {
            throw in.invalid("the option async needs an async function type");
        }
        var flat = session.lifted(type, options.async(), options.callback() >= 0);
        check(in, flat, options.plain());
        if (!given.equals(flat.type())) {
            throw in.invalid("core func " + core + " has type " + given + ", but lifting it needs " + flat.type());
        }
        if (options.plain().postReturn() >= 0) {
            var expected = new CoreFuncType(flat.type().results(), List.of());
            if (!scope.coreFunc(in, options.plain().postReturn()).equals(expected)) {
                throw in.invalid("the post-return function must have type " + expected);
            }
        }
        scope.funcs.add(type);
        var later = session.later(type);
        scope.definitions.add(
                later.isEmpty()
                        ? new Definition.Lift(core, type, options.plain())
                        : new Definition.LaterFunc(new LaterFeature(later, LaterFeature.WASI_0_3, offset)));
    }

    private void lower(Input in, Scope scope, int offset) {
        if (in.u8() != 0) {
            throw in.malformed("unknown form of canon lower");
        }
        int func = in.u32();
        var type = scope.func(in, func);
        var options = CanonOptionsReader.read(in, scope, Use.LOWER);
        if (options.async() && !type.async()) {
            throw in.invalid("the option async needs an async function type");
        }
        var flat = session.lowered(type, options.async());
        check(in, flat, options.plain());
        var later = session.later(type);
        coreFunc(
                scope,
                flat.type(),
                later.isEmpty()
                        ? new Definition.Lower(func, options.plain())
                        : new Definition.LaterCoreFunc(
                                new LaterFeature(later, LaterFeature.WASI_0_3, offset), flat.type()));
    }

    /** Refuses options without what is needed. */
    static void check(Input in, Session.Flattened flat, Options options) {
        if (flat.needsMemory() && options.memory() < 0) {
            throw in.invalid("this function passes values in memory, but no memory is given");
        }
        if (flat.needsRealloc() && options.realloc() < 0) {
            throw in.invalid("this function needs room in memory, but no realloc is given");
        }
    }

    private static ResourceType ownResource(Input in, Scope scope) {
        var resource = scope.resource(in, in.u32());
        if (!scope.own.contains(resource)) {
            throw in.invalid("only the component that defines a resource can make or look into it");
        }
        return resource;
    }

    static void coreFunc(Scope scope, CoreFuncType type, Definition definition) {
        scope.coreFuncs.add(type);
        scope.definitions.add(definition);
    }
}

package dev.creel.component.binary;

import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.ValueKind;
import dev.creel.component.plan.StringEncoding;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.ResourceType;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Reads canonical definitions (reference component-model §1.5). Core signatures are checked here, against the flattened types:
 * what passes is safe to run.
 */
final class CanonReader {
    static final CoreFuncType REALLOC = new CoreFuncType(
            List.of(ValueKind.I32, ValueKind.I32, ValueKind.I32, ValueKind.I32), List.of(ValueKind.I32));
    private static final CoreFuncType I32_TO_I32 = new CoreFuncType(List.of(ValueKind.I32), List.of(ValueKind.I32));
    private static final CoreFuncType I32_TO_NOTHING = new CoreFuncType(List.of(ValueKind.I32), List.of());
    private static final Map<Integer, String> BEYOND = Map.ofEntries(
            Map.entry(0x05, "task.cancel"),
            Map.entry(0x06, "subtask.cancel"),
            Map.entry(0x07, "resource.drop async"),
            Map.entry(0x08, "backpressure.set"),
            Map.entry(0x09, "task.return"),
            Map.entry(0x0a, "context.get"),
            Map.entry(0x0b, "context.set"),
            Map.entry(0x0c, "thread.yield"),
            Map.entry(0x0d, "subtask.drop"),
            Map.entry(0x0e, "stream.new"),
            Map.entry(0x0f, "stream.read"),
            Map.entry(0x10, "stream.write"),
            Map.entry(0x11, "stream.cancel-read"),
            Map.entry(0x12, "stream.cancel-write"),
            Map.entry(0x13, "stream.drop-readable"),
            Map.entry(0x14, "stream.drop-writable"),
            Map.entry(0x15, "future.new"),
            Map.entry(0x16, "future.read"),
            Map.entry(0x17, "future.write"),
            Map.entry(0x18, "future.cancel-read"),
            Map.entry(0x19, "future.cancel-write"),
            Map.entry(0x1a, "future.drop-readable"),
            Map.entry(0x1b, "future.drop-writable"),
            Map.entry(0x1c, "error-context.new"),
            Map.entry(0x1d, "error-context.debug-message"),
            Map.entry(0x1e, "error-context.drop"),
            Map.entry(0x1f, "waitable-set.new"),
            Map.entry(0x20, "waitable-set.wait"),
            Map.entry(0x21, "waitable-set.poll"),
            Map.entry(0x22, "waitable-set.drop"),
            Map.entry(0x23, "waitable.join"),
            Map.entry(0x24, "backpressure.inc"),
            Map.entry(0x25, "backpressure.dec"));

    private final Session session;

    CanonReader(Session session) {
        this.session = session;
    }

    void read(Input in, Scope scope) {
        session.definition(in);
        int code = in.u8();
        switch (code) {
            case 0x00 -> lift(in, scope);
            case 0x01 -> lower(in, scope);
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
            default -> {
                var name = BEYOND.get(code);
                if (name != null) {
                    throw in.unsupported(name, "WASI 0.3");
                } else if (code >= 0x26 && code <= 0x42) {
                    throw in.unsupported("threads", "not part of any WASI version");
                }
                throw in.malformed("unknown canonical definition 0x" + Integer.toHexString(code));
            }
        }
    }

    private void lift(Input in, Scope scope) {
        if (in.u8() != 0) {
            throw in.malformed("unknown form of canon lift");
        }
        int core = in.u32();
        var given = scope.coreFunc(in, core);
        var options = options(in, scope, true);
        var type = scope.funcType(in, in.u32());
        var flat = check(in, type, options, false);
        if (!given.equals(flat)) {
            throw in.invalid("core func " + core + " has type " + given + ", but lifting it needs " + flat);
        }
        if (options.postReturn() >= 0) {
            var expected = new CoreFuncType(flat.results(), List.of());
            if (!scope.coreFunc(in, options.postReturn()).equals(expected)) {
                throw in.invalid("the post-return function must have type " + expected);
            }
        }
        scope.funcs.add(type);
        scope.definitions.add(new Definition.Lift(core, type, options));
    }

    private void lower(Input in, Scope scope) {
        if (in.u8() != 0) {
            throw in.malformed("unknown form of canon lower");
        }
        int func = in.u32();
        var type = scope.func(in, func);
        var options = options(in, scope, false);
        coreFunc(scope, check(in, type, options, true), new Definition.Lower(func, options));
    }

    private CoreFuncType check(Input in, FuncType type, Options options, boolean lower) {
        var flat = session.flatten(type, lower);
        if (flat.needsMemory() && options.memory() < 0) {
            throw in.invalid("this function passes values in memory, but no memory is given");
        }
        if (flat.needsRealloc() && options.realloc() < 0) {
            throw in.invalid("this function needs room in memory, but no realloc is given");
        }
        return flat.type();
    }

    private Options options(Input in, Scope scope, boolean lift) {
        var encoding = StringEncoding.UTF8;
        int memory = -1;
        int realloc = -1;
        int postReturn = -1;
        var seen = new HashSet<Integer>();
        int count = in.count(16, "canonical options");
        for (int i = 0; i < count; i++) {
            int code = in.u8();
            if (!seen.add(code <= 2 ? 0 : code)) {
                throw in.invalid("a canonical option is given twice");
            }
            switch (code) {
                case 0 -> encoding = StringEncoding.UTF8;
                case 1 -> encoding = StringEncoding.UTF16;
                case 2 -> encoding = StringEncoding.LATIN1_UTF16;
                case 3 -> {
                    memory = in.u32();
                    if (((CoreType.Memory) scope.coreItem(in, Sort.CORE_MEMORY, memory)).shared()) {
                        throw in.unsupported("shared memories", "threads");
                    }
                }
                case 4 -> {
                    realloc = in.u32();
                    if (!scope.coreFunc(in, realloc).equals(REALLOC)) {
                        throw in.invalid("the realloc function must have type " + REALLOC);
                    }
                }
                case 5 -> {
                    if (!lift) {
                        throw in.invalid("post-return belongs to canon lift only");
                    }
                    postReturn = in.u32();
                    scope.coreFunc(in, postReturn);
                }
                case 6 -> throw in.unsupported("the async ABI", "WASI 0.3");
                case 7 -> throw in.unsupported("callbacks", "WASI 0.3");
                default -> throw in.malformed("unknown canonical option");
            }
        }
        if (realloc >= 0 && memory < 0) {
            throw in.invalid("realloc is given without memory");
        }
        return new Options(encoding, memory, realloc, postReturn);
    }

    private static ResourceType ownResource(Input in, Scope scope) {
        var resource = scope.resource(in, in.u32());
        if (!scope.own.contains(resource)) {
            throw in.invalid("only the component that defines a resource can make or look into it");
        }
        return resource;
    }

    private static void coreFunc(Scope scope, CoreFuncType type, Definition definition) {
        scope.coreFuncs.add(type);
        scope.definitions.add(definition);
    }
}

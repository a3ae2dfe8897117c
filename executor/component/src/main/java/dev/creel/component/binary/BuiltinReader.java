package dev.creel.component.binary;

import dev.creel.component.binary.CanonOptionsReader.Use;
import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.ValueKind;
import dev.creel.component.type.ValType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the built-in functions of WASI 0.3 and of threads (reference component-model §1.5): each is checked and has its core type, and
 * it traps when it is called.
 */
final class BuiltinReader {
    private static final List<ValueKind> I32 = List.of(ValueKind.I32);
    private static final CoreFuncType NOTHING = new CoreFuncType(List.of(), List.of());
    private static final CoreFuncType TO_I32 = new CoreFuncType(List.of(), I32);
    private static final CoreFuncType TO_I64 = new CoreFuncType(List.of(), List.of(ValueKind.I64));
    private static final CoreFuncType TAKES_ONE = new CoreFuncType(I32, List.of());
    private static final CoreFuncType TAKES_TWO = new CoreFuncType(i32(2), List.of());
    private static final CoreFuncType ONE_TO_I32 = new CoreFuncType(I32, I32);
    private static final CoreFuncType TWO_TO_I32 = new CoreFuncType(i32(2), I32);
    private static final CoreFuncType THREE_TO_I32 = new CoreFuncType(i32(3), I32);
    private static final int CONTEXT_SLOTS = 2;
    private static final String THREADS = "cooperative threads, not part of any WASI version";
    private static final String ERROR_CONTEXT = "not part of any WASI version";
    private static final Map<Integer, String> SHARED_THREADS =
            Map.of(0x40, "thread.spawn-ref", 0x41, "thread.spawn-indirect", 0x42, "thread.available-parallelism");

    private final Session session;

    BuiltinReader(Session session) {
        this.session = session;
    }

    private static List<ValueKind> i32(int count) {
        return java.util.Collections.nCopies(count, ValueKind.I32);
    }

    void read(Input in, Scope scope, int code, int offset) {
        switch (code) {
            case 0x05 -> add(scope, offset, "task.cancel", NOTHING);
            case 0x06 -> {
                in.flag("async");
                add(scope, offset, "subtask.cancel", ONE_TO_I32);
            }
            case 0x09 -> taskReturn(in, scope, offset);
            case 0x0a -> {
                slot(in);
                add(scope, offset, "context.get", TO_I32);
            }
            case 0x0b -> {
                slot(in);
                add(scope, offset, "context.set", TAKES_ONE);
            }
            case 0x0c -> {
                in.flag("cancellable");
                add(scope, offset, "thread.yield", TO_I32);
            }
            case 0x0d -> add(scope, offset, "subtask.drop", TAKES_ONE);
            case 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14 -> stream(in, scope, code, offset);
            case 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b -> future(in, scope, code, offset);
            case 0x1c, 0x1d, 0x1e -> errorContext(in, scope, code, offset);
            case 0x1f -> add(scope, offset, "waitable-set.new", TO_I32);
            case 0x20, 0x21 -> {
                in.flag("cancellable");
                CanonOptionsReader.memory(in, scope, in.u32());
                add(scope, offset, code == 0x20 ? "waitable-set.wait" : "waitable-set.poll", TWO_TO_I32);
            }
            case 0x22 -> add(scope, offset, "waitable-set.drop", TAKES_ONE);
            case 0x23 -> add(scope, offset, "waitable.join", TAKES_TWO);
            case 0x24 -> add(scope, offset, "backpressure.inc", NOTHING);
            case 0x25 -> add(scope, offset, "backpressure.dec", NOTHING);
            case 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x2d -> thread(in, scope, code, offset);
            case 0x40, 0x41, 0x42 -> throw in.unsupported(SHARED_THREADS.getOrDefault(code, ""), "shared threads");
            default -> throw in.malformed("unknown canonical definition 0x" + Integer.toHexString(code));
        }
    }

    private void taskReturn(Input in, Scope scope, int offset) {
        var result = new ValTypeReader(session).result(in, scope);
        if (result.isPresent() && session.facts.of(result.get()).borrows()) {
            throw in.invalid("a function cannot return a borrow");
        }
        var options = CanonOptionsReader.read(in, scope, Use.TASK_RETURN);
        var flat = session.returned(result);
        // A large result may be taken from memory; whether it is, only the memory of the caller knows.
        if (flat.needsMemory() && options.plain().memory() < 0) {
            throw in.invalid("task.return passes values in memory, but no memory is given");
        }
        add(scope, offset, "task.return", flat.type());
    }

    private static void slot(Input in) {
        switch (in.u8()) {
            case 0x7f -> {}
            case 0x7e -> throw in.unsupported("context slots of 64 bits", "memory64");
            default -> throw in.malformed("a context slot holds an i32");
        }
        if (in.u32() >= CONTEXT_SLOTS) {
            throw in.invalid("there are only " + CONTEXT_SLOTS + " context slots");
        }
    }

    private void stream(Input in, Scope scope, int code, int offset) {
        if (!(scope.valType(in, in.u32()) instanceof ValType.StreamOf(var element))) {
            throw in.invalid("this type is not a stream");
        }
        switch (code) {
            case 0x0e -> add(scope, offset, "stream.new", TO_I64);
            case 0x0f -> copy(in, scope, element, true, "stream.read", THREE_TO_I32, offset);
            case 0x10 -> copy(in, scope, element, false, "stream.write", THREE_TO_I32, offset);
            case 0x11, 0x12 -> {
                in.flag("async");
                add(scope, offset, code == 0x11 ? "stream.cancel-read" : "stream.cancel-write", ONE_TO_I32);
            }
            default -> add(scope, offset, code == 0x13 ? "stream.drop-readable" : "stream.drop-writable", TAKES_ONE);
        }
    }

    private void future(Input in, Scope scope, int code, int offset) {
        if (!(scope.valType(in, in.u32()) instanceof ValType.FutureOf(var value))) {
            throw in.invalid("this type is not a future");
        }
        switch (code) {
            case 0x15 -> add(scope, offset, "future.new", TO_I64);
            case 0x16 -> copy(in, scope, value, true, "future.read", TWO_TO_I32, offset);
            case 0x17 -> copy(in, scope, value, false, "future.write", TWO_TO_I32, offset);
            case 0x18, 0x19 -> {
                in.flag("async");
                add(scope, offset, code == 0x18 ? "future.cancel-read" : "future.cancel-write", ONE_TO_I32);
            }
            default -> add(scope, offset, code == 0x1a ? "future.drop-readable" : "future.drop-writable", TAKES_ONE);
        }
    }

    private void copy(
            Input in,
            Scope scope,
            Optional<ValType> element,
            boolean intoGuest,
            String name,
            CoreFuncType type,
            int offset) {
        var options = CanonOptionsReader.read(in, scope, Use.COPY).plain();
        if (element.isPresent()) {
            boolean points = intoGuest && session.facts.of(element.get()).points();
            CanonReader.check(in, new Session.Flattened(type, true, points), options);
        }
        add(scope, offset, name, type);
    }

    private void errorContext(Input in, Scope scope, int code, int offset) {
        if (code == 0x1e) {
            add(scope, new LaterFeature("error-context.drop", ERROR_CONTEXT, offset), TAKES_ONE);
            return;
        }
        boolean makes = code == 0x1c;
        var type = makes ? TWO_TO_I32 : TAKES_TWO;
        var options = CanonOptionsReader.read(in, scope, Use.COPY).plain();
        CanonReader.check(in, new Session.Flattened(type, true, !makes), options);
        add(
                scope,
                new LaterFeature(makes ? "error-context.new" : "error-context.debug-message", ERROR_CONTEXT, offset),
                type);
    }

    private void thread(Input in, Scope scope, int code, int offset) {
        switch (code) {
            case 0x26 -> add(scope, new LaterFeature("thread.index", THREADS, offset), TO_I32);
            case 0x27 -> {
                if (!(Scope.at(in, scope.coreTypes, in.u32(), Sort.CORE_TYPE)
                                instanceof CoreTypeDefinition.Func(var start))
                        || !start.equals(TAKES_ONE)) {
                    throw in.invalid("a thread starts with a function of type " + TAKES_ONE);
                }
                if (((CoreType.Table) scope.coreItem(in, Sort.CORE_TABLE, in.u32())).element() != ValueKind.FUNCREF) {
                    throw in.invalid("a thread starts with a function from a table of funcref");
                }
                add(scope, new LaterFeature("thread.new-indirect", THREADS, offset), TWO_TO_I32);
            }
            case 0x28 -> add(scope, new LaterFeature("thread.resume-later", THREADS, offset), TAKES_ONE);
            default -> {
                in.flag("cancellable");
                add(scope, new LaterFeature("thread.suspend", THREADS, offset), code == 0x29 ? TO_I32 : ONE_TO_I32);
            }
        }
    }

    private static void add(Scope scope, int offset, String name, CoreFuncType type) {
        add(scope, new LaterFeature(name, LaterFeature.WASI_0_3, offset), type);
    }

    private static void add(Scope scope, LaterFeature feature, CoreFuncType type) {
        CanonReader.coreFunc(scope, type, new Definition.LaterCoreFunc(feature, type));
    }
}

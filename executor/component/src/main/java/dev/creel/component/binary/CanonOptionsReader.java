package dev.creel.component.binary;

import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.ValueKind;
import dev.creel.component.plan.StringEncoding;
import java.util.HashSet;
import java.util.List;

/** Reads the options of canonical definitions (reference component-model §1.5, §2) and checks what can be checked without a type. */
final class CanonOptionsReader {
    static final CoreFuncType REALLOC = new CoreFuncType(
            List.of(ValueKind.I32, ValueKind.I32, ValueKind.I32, ValueKind.I32), List.of(ValueKind.I32));
    private static final CoreFuncType CALLBACK =
            new CoreFuncType(List.of(ValueKind.I32, ValueKind.I32, ValueKind.I32), List.of(ValueKind.I32));
    private static final int OPTIONS_MAX = 16;

    /** What the options are of. */
    enum Use {
        LIFT,
        LOWER,
        COPY,
        TASK_RETURN
    }

    /**
     * Options as they stand.
     *
     * @param plain those of synchronous functions
     * @param async whether the async ABI is used
     * @param callback index of a core function, or -1
     */
    record Read(Options plain, boolean async, int callback) {}

    private CanonOptionsReader() {}

    static Read read(Input in, Scope scope, Use use) {
        var encoding = StringEncoding.UTF8;
        int memory = -1;
        int realloc = -1;
        int postReturn = -1;
        boolean async = false;
        int callback = -1;
        var seen = new HashSet<Integer>();
        int count = in.count(OPTIONS_MAX, "canonical options");
        for (int i = 0; i < count; i++) {
            int code = in.u8();
            if (code > 7) {
                throw in.malformed("unknown canonical option 0x" + Integer.toHexString(code));
            }
            if (!seen.add(code <= 2 ? 0 : code)) {
                throw in.invalid("a canonical option is given twice");
            }
            switch (code) {
                case 1 -> encoding = StringEncoding.UTF16;
                case 2 -> encoding = StringEncoding.LATIN1_UTF16;
                case 3 -> {
                    memory = in.u32();
                    memory(in, scope, memory);
                }
                case 4 -> {
                    realloc = in.u32();
                    if (!scope.coreFunc(in, realloc).equals(REALLOC)) {
                        throw in.invalid("the realloc function must have type " + REALLOC);
                    }
                }
                case 5 -> {
                    postReturn = in.u32();
                    scope.coreFunc(in, postReturn);
                }
                case 6 -> async = true;
                case 7 -> {
                    callback = in.u32();
                    if (!scope.coreFunc(in, callback).equals(CALLBACK)) {
                        throw in.invalid("the callback function must have type " + CALLBACK);
                    }
                }
                default -> {}
            }
        }
        var read = new Read(new Options(encoding, memory, realloc, postReturn), async, callback);
        check(in, read, use);
        return read;
    }

    private static void check(Input in, Read options, Use use) {
        if (options.plain.realloc() >= 0 && options.plain.memory() < 0) {
            throw in.invalid("realloc is given without memory");
        }
        if (options.plain.postReturn() >= 0 && use != Use.LIFT) {
            throw in.invalid("post-return belongs to canon lift only");
        }
        if (options.plain.postReturn() >= 0 && options.async) {
            throw in.invalid("post-return cannot be used with async");
        }
        if (options.callback >= 0 && (use != Use.LIFT || !options.async)) {
            throw in.invalid("callback belongs to canon lift with async only");
        }
        if (use == Use.TASK_RETURN && (options.async || options.plain.realloc() >= 0)) {
            throw in.invalid("task.return takes no options but memory and string encoding");
        }
    }

    /** Refuses a memory that nothing can be passed in. */
    static void memory(Input in, Scope scope, int index) {
        if (((CoreType.Memory) scope.coreItem(in, Sort.CORE_MEMORY, index)).shared()) {
            throw in.unsupported("shared memories", "threads");
        }
    }
}

package dev.creel.codegen.emit;

import java.util.BitSet;

/** Copies between the JVM locals of a method and the frame of its function; bounded, with the ways out of its switches. */
final class FrameCopies {
    /** What the JVM takes of a method. One that is larger need not be written to its end. */
    private static final int CODE_MAX = 0xffff;

    private static final int FIELD_COPY = 5;

    private final Method method;
    private final FunctionEmitter function;
    /** The least bytes of copies, and of ways out of switches. */
    private int bytes;

    FrameCopies(Method method) {
        this.method = method;
        this.function = method.function;
    }

    /**
     * Counts what is about to be written.
     *
     * @throws IllegalArgumentException if it is more than a method holds
     */
    void piece(int size) {
        function.note(1);
        bytes += size;
        if (bytes > CODE_MAX) {
            throw new IllegalArgumentException("a method with too many branches or locals");
        }
    }

    /** Puts an operand into the frame. */
    void toFrame(int position, Kind kind) {
        piece(FIELD_COPY);
        method.code
                .aload(method.frame)
                .loadLocal(kind.jvm, method.operands.slot(position, kind))
                .putfield(function.frame, function.operandField(position, kind), kind.desc);
    }

    /** Takes an operand from the frame. */
    void fromFrame(int position, Kind kind) {
        piece(FIELD_COPY);
        method.code
                .aload(method.frame)
                .getfield(function.frame, function.operandField(position, kind), kind.desc)
                .storeLocal(kind.jvm, method.operands.slot(position, kind));
    }

    /** Takes wasm locals from the frame. */
    void loadLocals(BitSet indices) {
        indices.stream().forEach(index -> {
            var kind = function.locals.get(index);
            method.code
                    .aload(method.frame)
                    .getfield(function.frame, function.localField(index), kind.desc)
                    .storeLocal(kind.jvm, method.local(index));
        });
    }

    /** Puts wasm locals into the frame. */
    void storeLocals(BitSet indices) {
        indices.stream().forEach(index -> {
            var kind = function.locals.get(index);
            method.code
                    .aload(method.frame)
                    .loadLocal(kind.jvm, method.local(index))
                    .putfield(function.frame, function.localField(index), kind.desc);
        });
    }
}

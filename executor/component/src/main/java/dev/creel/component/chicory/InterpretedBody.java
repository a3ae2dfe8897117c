package dev.creel.component.chicory;

import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import dev.creel.component.core.InvalidModuleException;
import java.util.ArrayList;

/**
 * Rewrites a function for the interpreter: instructions that touch tables across instances, or passive segments, and minima and
 * maxima of floats become {@code call} with a negative index that says what to do, which {@link GuestInterpreter} understands.
 */
final class InterpretedBody {
    private static final int BITS = 28;
    private static final long MASK = (1L << BITS) - 1;

    /** What stands in the place of a call. */
    enum Kind {
        CALL_INDIRECT(0),
        TABLE_GET(1),
        TABLE_FILL(2),
        TABLE_COPY(3),
        TABLE_INIT(4),
        MEMORY_INIT(5),
        DATA_DROP(6),
        F32_MIN(7),
        F32_MAX(8),
        F64_MIN(9),
        F64_MAX(10);

        private final long code;

        Kind(long code) {
            this.code = code;
        }
    }

    private static final Kind[] KINDS = Kind.values();

    private InterpretedBody() {}

    static FunctionBody of(FunctionBody body, int function) {
        var instructions =
                new ArrayList<AnnotatedInstruction>(body.instructions().size());
        for (var instruction : body.instructions()) {
            instructions.add(
                    switch (instruction.opcode()) {
                        case CALL_INDIRECT -> replaced(instruction, Kind.CALL_INDIRECT, 2);
                        case TABLE_GET -> replaced(instruction, Kind.TABLE_GET, 1);
                        case TABLE_FILL -> replaced(instruction, Kind.TABLE_FILL, 1);
                        case TABLE_COPY -> replaced(instruction, Kind.TABLE_COPY, 2);
                        case TABLE_INIT -> replaced(instruction, Kind.TABLE_INIT, 2);
                        case MEMORY_INIT -> replaced(instruction, Kind.MEMORY_INIT, 2);
                        case DATA_DROP -> replaced(instruction, Kind.DATA_DROP, 1);
                        case F32_MIN -> replaced(instruction, Kind.F32_MIN, 0);
                        case F32_MAX -> replaced(instruction, Kind.F32_MAX, 0);
                        case F64_MIN -> replaced(instruction, Kind.F64_MIN, 0);
                        case F64_MAX -> replaced(instruction, Kind.F64_MAX, 0);
                        case RETURN_CALL_INDIRECT ->
                            throw new InvalidModuleException(
                                    InvalidModuleException.Kind.UNSUPPORTED,
                                    "an indirect tail call in function " + function
                                            + ", which is too large to be compiled");
                        default -> instruction;
                    });
        }
        return new FunctionBody(body.localTypes(), instructions);
    }

    private static AnnotatedInstruction replaced(AnnotatedInstruction instruction, Kind kind, int operands) {
        var first = operands > 0 ? instruction.operand(0) : 0;
        var second = operands > 1 ? instruction.operand(1) : 0;
        var code = Long.MIN_VALUE | (kind.code << (2 * BITS)) | (first << BITS) | second;
        return AnnotatedInstruction.builder()
                .from(new Instruction(instruction.address(), OpCode.CALL, new long[] {code}))
                .withDepth(instruction.depth())
                .build();
    }

    static Kind kind(long code) {
        var wanted = (code & Long.MAX_VALUE) >>> (2 * BITS);
        for (var kind : KINDS) {
            if (kind.code == wanted) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no such instruction: " + wanted);
    }

    static int first(long code) {
        return (int) ((code >>> BITS) & MASK);
    }

    static int second(long code) {
        return (int) (code & MASK);
    }
}

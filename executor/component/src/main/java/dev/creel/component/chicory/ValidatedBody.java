package dev.creel.component.chicory;

import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.ValType;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A function as Chicory parsed and validated it, about as large as in the module: its instructions, which take thirty times the memory, are
 * made anew whenever they are wanted. Immutable.
 */
public final class ValidatedBody {
    private static final int BITS = 7;
    private static final int MORE = 0x80;

    private final List<ValType> locals;
    private final int count;
    private final byte[] packed;

    private ValidatedBody(List<ValType> locals, int count, byte[] packed) {
        this.locals = locals;
        this.count = count;
        this.packed = packed;
    }

    static ValidatedBody of(FunctionBody body) {
        var out = new ByteArrayOutputStream(4 * body.instructions().size());
        for (var instruction : body.instructions()) {
            number(out, instruction.opcode().opcode());
            number(out, instruction.operandCount());
            for (var i = 0; i < instruction.operandCount(); i++) {
                // The sign goes to the end, so that small negative numbers are short, too.
                var operand = instruction.operand(i);
                number(out, operand << 1 ^ operand >> (Long.SIZE - 1));
            }
        }
        return new ValidatedBody(body.localTypes(), body.instructions().size(), out.toByteArray());
    }

    private static void number(ByteArrayOutputStream out, long value) {
        var rest = value;
        while ((rest & -MORE) != 0) {
            out.write(((int) rest & (MORE - 1)) | MORE);
            rest >>>= BITS;
        }
        out.write((int) rest);
    }

    /** Types of locals that are no parameters. */
    public List<ValType> localTypes() {
        return locals;
    }

    /** The bytes that are kept of it. */
    public int bytes() {
        return packed.length;
    }

    /** The instructions up to the last {@code end}, without addresses: a new list, of new objects. */
    public List<Instruction> instructions() {
        var reader = new Reader();
        var result = new ArrayList<Instruction>(count);
        for (var i = 0; i < count; i++) {
            var opcode = OpCode.byOpCode((int) reader.number());
            var operands = (int) reader.number();
            var values = operands == 0 ? Instruction.EMPTY_OPERANDS : new long[operands];
            for (var k = 0; k < operands; k++) {
                var value = reader.number();
                values[k] = value >>> 1 ^ -(value & 1);
            }
            result.add(new Instruction(0, opcode, values));
        }
        return result;
    }

    /** Goes through {@link #packed}. */
    private final class Reader {
        private int at;

        long number() {
            var value = 0L;
            for (var shift = 0; ; shift += BITS) {
                var next = packed[at++];
                value |= (long) (next & (MORE - 1)) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }
    }
}

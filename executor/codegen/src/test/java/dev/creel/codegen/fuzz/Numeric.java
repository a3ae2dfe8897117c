package dev.creel.codegen.fuzz;

import static dev.creel.codegen.fuzz.Kind.F32;
import static dev.creel.codegen.fuzz.Kind.F64;
import static dev.creel.codegen.fuzz.Kind.I32;
import static dev.creel.codegen.fuzz.Kind.I64;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A numeric instruction.
 *
 * @param opcode one byte, or two with the prefix above
 */
record Numeric(int opcode, List<Kind> operands, Kind result) {
    static final int PREFIX = 0xfc;
    private static final List<Numeric> ALL = all();

    /** One that makes a {@code kind}. */
    static Numeric any(Kind kind, Random random) {
        while (true) {
            var one = ALL.get(random.nextInt(ALL.size()));
            if (one.result.equals(kind)) {
                return one;
            }
        }
    }

    /** Whether it divides whole numbers. */
    boolean divides() {
        return (opcode >= 0x6d && opcode <= 0x70) || (opcode >= 0x7f && opcode <= 0x82);
    }

    /** Whether it makes a whole number of a float, or traps. */
    boolean truncates() {
        return (opcode >= 0xa8 && opcode <= 0xab) || (opcode >= 0xae && opcode <= 0xb1);
    }

    /** Whether this operand's bits are seen, and not only its value. */
    boolean seesBits(int operand) {
        boolean reinterprets = opcode == 0xbc || opcode == 0xbd;
        boolean copiesSign = opcode == 0x98 || opcode == 0xa6;
        return reinterprets || (copiesSign && operand == 1);
    }

    void write(Code code) {
        if (opcode >> Byte.SIZE == PREFIX) {
            code.raw(PREFIX).number(opcode & 0xff);
        } else {
            code.raw(opcode);
        }
    }

    private static List<Numeric> all() {
        var all = new ArrayList<Numeric>();
        add(all, 0x45, 0x45, I32, I32);
        add(all, 0x46, 0x4f, I32, I32, I32);
        add(all, 0x50, 0x50, I32, I64);
        add(all, 0x51, 0x5a, I32, I64, I64);
        add(all, 0x5b, 0x60, I32, F32, F32);
        add(all, 0x61, 0x66, I32, F64, F64);
        add(all, 0x67, 0x69, I32, I32);
        add(all, 0x6a, 0x78, I32, I32, I32);
        add(all, 0x79, 0x7b, I64, I64);
        add(all, 0x7c, 0x8a, I64, I64, I64);
        add(all, 0x8b, 0x91, F32, F32);
        add(all, 0x92, 0x98, F32, F32, F32);
        add(all, 0x99, 0x9f, F64, F64);
        add(all, 0xa0, 0xa6, F64, F64, F64);
        add(all, 0xa7, 0xa7, I32, I64);
        add(all, 0xa8, 0xa9, I32, F32);
        add(all, 0xaa, 0xab, I32, F64);
        add(all, 0xac, 0xad, I64, I32);
        add(all, 0xae, 0xaf, I64, F32);
        add(all, 0xb0, 0xb1, I64, F64);
        add(all, 0xb2, 0xb3, F32, I32);
        add(all, 0xb4, 0xb5, F32, I64);
        add(all, 0xb6, 0xb6, F32, F64);
        add(all, 0xb7, 0xb8, F64, I32);
        add(all, 0xb9, 0xba, F64, I64);
        add(all, 0xbb, 0xbb, F64, F32);
        add(all, 0xbc, 0xbc, I32, F32);
        add(all, 0xbd, 0xbd, I64, F64);
        add(all, 0xbe, 0xbe, F32, I32);
        add(all, 0xbf, 0xbf, F64, I64);
        add(all, 0xc0, 0xc1, I32, I32);
        add(all, 0xc2, 0xc4, I64, I64);
        int saturating = PREFIX << Byte.SIZE;
        add(all, saturating, saturating + 1, I32, F32);
        add(all, saturating + 2, saturating + 3, I32, F64);
        add(all, saturating + 4, saturating + 5, I64, F32);
        add(all, saturating + 6, saturating + 7, I64, F64);
        return all;
    }

    private static void add(List<Numeric> all, int first, int last, Kind result, Kind... operands) {
        for (int opcode = first; opcode <= last; opcode++) {
            all.add(new Numeric(opcode, List.of(operands), result));
        }
    }
}

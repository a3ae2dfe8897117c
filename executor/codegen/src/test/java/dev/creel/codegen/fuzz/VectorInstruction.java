package dev.creel.codegen.fuzz;

import static dev.creel.codegen.fuzz.Kind.F32;
import static dev.creel.codegen.fuzz.Kind.F64;
import static dev.creel.codegen.fuzz.Kind.I32;
import static dev.creel.codegen.fuzz.Kind.I64;
import static dev.creel.codegen.fuzz.Kind.V128;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * An instruction on vectors.
 *
 * @param lanes how many lanes its immediate chooses from, or 0 if it has none
 * @param rounds whether it makes NaNs of which the specification leaves the bits open: {@link Kind#F32}, {@link Kind#F64}, or, if it
 *     makes none, neither
 */
record VectorInstruction(int opcode, List<Kind> operands, Kind result, int lanes, Kind rounds) {
    private static final List<VectorInstruction> ALL = all();

    /** One that makes a {@code kind}; there is none that makes references. */
    static VectorInstruction any(Kind kind, Random random) {
        while (true) {
            var one = ALL.get(random.nextInt(ALL.size()));
            if (one.result.equals(kind)) {
                return one;
            }
        }
    }

    void write(Random random, Code code) {
        code.raw(0xfd).number(opcode);
        if (lanes > 0) {
            code.raw(random.nextInt(lanes));
        }
    }

    private static List<VectorInstruction> all() {
        var all = new ArrayList<VectorInstruction>();
        // A vector of one, of two, of three.
        add(all, "4d 60-62 7c-81 87-8a a0 a1 a7-aa c0 c1 c7-ca e0 e1 ec ed f8-ff", V128, V128);
        add(all, "0e 23-4c 4e-51 65 66 6e-73 76-79 7b 82 85 86 8e-93 95-99 9b-9f ae", V128, V128, V128);
        add(all, "b1 b5-ba bc-bf ce d1 d5-df ea eb f6 f7", V128, V128, V128);
        add(all, "52", V128, V128, V128, V128);
        // By a number of bits.
        add(all, "6b-6d 8b-8d ab-ad cb-cd", V128, V128, I32);
        // What is asked of all lanes.
        add(all, "53 63 64 83 84 a3 a4 c3 c4", I32, V128);
        // Floats.
        rounding(all, F32, "5e 67-6a e3", V128);
        rounding(all, F32, "e4-e9", V128, V128);
        rounding(all, F64, "5f 74 75 7a 94 ef", V128);
        rounding(all, F64, "f0-f5", V128, V128);
        // The same in all lanes.
        add(all, "0f-11", V128, I32);
        add(all, "12", V128, I64);
        add(all, "13", V128, F32);
        add(all, "14", V128, F64);
        // One lane read, or written.
        lane(all, "15 16", 16, I32, V128);
        lane(all, "18 19", 8, I32, V128);
        lane(all, "1b", 4, I32, V128);
        lane(all, "1d", 2, I64, V128);
        lane(all, "1f", 4, F32, V128);
        lane(all, "21", 2, F64, V128);
        lane(all, "17", 16, V128, V128, I32);
        lane(all, "1a", 8, V128, V128, I32);
        lane(all, "1c", 4, V128, V128, I32);
        lane(all, "1e", 2, V128, V128, I64);
        lane(all, "20", 4, V128, V128, F32);
        lane(all, "22", 2, V128, V128, F64);
        return all;
    }

    private static void add(List<VectorInstruction> all, String opcodes, Kind result, Kind... operands) {
        add(all, opcodes, 0, V128, result, operands);
    }

    private static void rounding(List<VectorInstruction> all, Kind rounds, String opcodes, Kind... operands) {
        add(all, opcodes, 0, rounds, V128, operands);
    }

    private static void lane(List<VectorInstruction> all, String opcodes, int lanes, Kind result, Kind... operands) {
        add(all, opcodes, lanes, V128, result, operands);
    }

    private static void add(
            List<VectorInstruction> all, String opcodes, int lanes, Kind rounds, Kind result, Kind... operands) {
        for (var range : opcodes.split(" ", -1)) {
            int first = Integer.parseInt(range.substring(0, 2), 16);
            int last = Integer.parseInt(range.substring(range.length() - 2), 16);
            for (int opcode = first; opcode <= last; opcode++) {
                all.add(new VectorInstruction(opcode, List.of(operands), result, lanes, rounds));
            }
        }
    }
}

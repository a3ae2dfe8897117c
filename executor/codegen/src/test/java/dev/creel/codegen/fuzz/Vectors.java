package dev.creel.codegen.fuzz;

/** Instructions on vectors. Every vector is canonical: whatever computes NaNs is followed by what makes them so. */
record Vectors(RandomBody body) {
    private static final long CANONICAL_F32 = 0x7fc0_0000_7fc0_0000L;
    private static final long CANONICAL_F64 = 0x7ff8_0000_0000_0000L;
    /** Loads of eight bytes as wider lanes, loads into all lanes, loads into the lowest; and how they may be aligned at most. */
    private static final int[][] LOADS = {
        {0, 4}, {0, 4}, {1, 3}, {2, 3}, {3, 3}, {4, 3}, {5, 3}, {6, 3}, {7, 0}, {8, 1}, {9, 2}, {10, 3}, {0x5c, 2},
        {0x5d, 3}
    };

    private static final int STORE = 11;
    private static final int LOAD_LANE = 0x54;
    private static final int STORE_LANE = 0x58;
    private static final int SHUFFLE = 13;
    private static final int BYTES = 16;

    /** A vector that an instruction makes. */
    void computed(int depth) {
        if (body.random.nextInt(12) == 0) {
            body.values.one(Kind.V128, depth + 1);
            body.values.one(Kind.V128, depth + 1);
            body.code.raw(0xfd, SHUFFLE);
            for (int i = 0; i < BYTES; i++) {
                body.code.raw(body.random.nextInt(2 * BYTES));
            }
        } else {
            compute(Kind.V128, depth);
        }
    }

    /** A number that an instruction makes of vectors. */
    void number(Kind kind, int depth) {
        compute(kind, depth);
    }

    private void compute(Kind kind, int depth) {
        var instruction = VectorInstruction.any(kind, body.random);
        body.canonical(instruction.operands(), depth);
        instruction.write(body.random, body.code);
        if (instruction.rounds().isFloat()) {
            boolean single = instruction.rounds().equals(Kind.F32);
            long canonical = single ? CANONICAL_F32 : CANONICAL_F64;
            int scratch = body.local(Kind.V128);
            body.code.raw(0x22).number(scratch).vector(canonical, canonical);
            body.code.raw(0x20).number(scratch).raw(0x20).number(scratch);
            body.code.raw(0xfd, single ? 0x41 : 0x47, 0xfd, 0x52).raw(0x22).number(scratch);
        }
    }

    void load(int depth) {
        body.memories.address(depth);
        if (body.random.nextInt(4) == 0) {
            body.values.one(Kind.V128, depth + 1);
            lane(LOAD_LANE);
        } else {
            var load = LOADS[body.random.nextInt(LOADS.length)];
            body.code.raw(0xfd, load[0]);
            body.memories.place(load[1]);
        }
    }

    void store(int depth) {
        body.memories.address(depth);
        body.values.one(Kind.V128, depth + 1);
        if (body.random.nextInt(3) == 0) {
            lane(STORE_LANE);
        } else {
            body.code.raw(0xfd, STORE);
            body.memories.place(4);
        }
    }

    /** The access of one lane, of some width. */
    private void lane(int opcode) {
        int width = body.random.nextInt(4);
        body.code.raw(0xfd, opcode + width);
        body.memories.place(width);
        body.code.raw(body.random.nextInt(BYTES >> width));
    }
}

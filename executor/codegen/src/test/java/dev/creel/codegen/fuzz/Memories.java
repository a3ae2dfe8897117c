package dev.creel.codegen.fuzz;

/** Loads, stores and whatever else memories are asked for. */
record Memories(RandomBody body) {
    /** In an access, that the memory's index follows. */
    private static final int INDEXED = 0x40;

    void store(int depth) {
        var kind = Kinds.NUMBERS.get(body.random.nextInt(4));
        address(depth);
        if (body.random.nextInt(3) == 0) {
            moved(kind, depth);
        } else {
            body.canonical(kind, depth);
        }
        switch (kind.value()) {
            case I32 -> access(new int[] {0x36, 0x3a, 0x3b}, new int[] {2, 0, 1});
            case I64 -> access(new int[] {0x37, 0x3c, 0x3d, 0x3e}, new int[] {3, 0, 1, 2});
            case F32 -> access(new int[] {0x38}, new int[] {2});
            default -> access(new int[] {0x39}, new int[] {3});
        }
    }

    void load(Kind kind, int depth) {
        if (kind.equals(Kind.V128)) {
            body.vectors.load(depth);
            return;
        }
        address(depth);
        switch (kind.value()) {
            case I32 -> access(new int[] {0x28, 0x2c, 0x2d, 0x2e, 0x2f}, new int[] {2, 0, 0, 1, 1});
            case I64 -> access(new int[] {0x29, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35}, new int[] {3, 0, 0, 1, 1, 2, 2});
            case F32 -> access(new int[] {0x2a}, new int[] {2});
            default -> access(new int[] {0x2b}, new int[] {3});
        }
    }

    private void access(int[] opcodes, int[] aligned) {
        int one = body.random.nextInt(opcodes.length);
        body.code.raw(opcodes[one]);
        place(aligned[one]);
    }

    /** What an access says of itself: how it may be aligned at most, where, and in which memory. */
    void place(int aligned) {
        int align = body.random.nextInt(aligned + 1);
        int memory = any();
        boolean indexed = memory > 0 || (several() && body.random.nextInt(4) == 0);
        body.code.number(indexed ? align | INDEXED : align);
        if (indexed) {
            body.code.number(memory);
        }
        body.code.number(offset());
    }

    private boolean several() {
        return body.shape.memories().size() > 1;
    }

    private int any() {
        return several() ? body.random.nextInt(body.shape.memories().size()) : 0;
    }

    private boolean careful() {
        return body.shape.features().careful() && body.random.nextInt(200) > 0;
    }

    private long offset() {
        if (careful()) {
            return body.random.nextInt(3) == 0 ? body.random.nextInt(600) : 0;
        }
        return switch (body.random.nextInt(40)) {
            case 0 -> 0x7fff_ffffL;
            case 1 -> 0x8000_0000L + body.random.nextInt(100);
            case 2 -> 0xffff_ffffL - body.random.nextInt(10);
            case 3, 4, 5 -> 0x1_0000L - body.random.nextInt(10);
            case 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 -> body.random.nextInt(300);
            default -> 0;
        };
    }

    /** Mostly within the memory, often near its end. */
    void address(int depth) {
        var code = body.code;
        if (careful()) {
            body.values.one(Kind.I32, depth + 1);
            code.raw(0x41).signed(0x3ff).raw(0x71);
            return;
        }
        switch (body.random.nextInt(30)) {
            case 0 -> body.values.one(Kind.I32, depth + 1);
            case 1 -> code.raw(0x41).signed((1 + body.random.nextInt(3)) * 0x1_0000L - body.random.nextInt(12));
            case 2 -> code.raw(0x41).signed(-1 - body.random.nextInt(300));
            case 3, 4 -> {
                body.values.one(Kind.I32, depth + 1);
                code.raw(0x41).signed(0xffff).raw(0x71);
            }
            case 5, 6, 7, 8, 9, 10 -> code.raw(0x41).signed(body.random.nextInt(0x200));
            default -> {
                body.values.one(Kind.I32, depth + 1);
                code.raw(0x41).signed(0xff).raw(0x71);
            }
        }
    }

    /** A number that nothing computed: its bits, also those of a NaN, must be as they were. */
    private void moved(Kind kind, int depth) {
        load(kind, depth + 1);
        if (body.random.nextBoolean()) {
            int other = body.local(kind);
            body.code.raw(0x22).number(other).raw(0x1a).raw(0x20).number(other);
        }
    }

    void bulk(int depth) {
        switch (body.random.nextInt(5)) {
            case 0 -> {
                address(depth);
                body.values.one(Kind.I32, depth + 1);
                body.small(depth, 0x1ff);
                body.code.raw(0xfc, 11).number(any());
            }
            case 1, 2 -> {
                address(depth);
                address(depth);
                body.small(depth, 0x1ff);
                body.code.raw(0xfc, 10).number(any()).number(any());
            }
            case 3 -> {
                address(depth);
                int most = careful() ? 3 : 0x1f;
                body.small(depth, most);
                body.small(depth, most);
                body.code.raw(0xfc, 8).number(segment()).number(any());
            }
            default -> {
                if (body.random.nextInt(4) == 0) {
                    body.code.raw(0xfc, 9).number(segment());
                }
            }
        }
    }

    private int segment() {
        return body.random.nextInt(body.shape.segments());
    }

    void size() {
        body.code.raw(0x3f).number(any());
    }

    void grow(int depth) {
        body.small(depth, 1);
        body.code.raw(0x40).number(any());
    }
}

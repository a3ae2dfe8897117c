package dev.creel.codegen.fuzz;

/** What tables are asked for. */
record Tables(RandomBody body) {
    void statement(int depth) {
        int table = any();
        var kind = element(table);
        switch (body.random.nextInt(6)) {
            case 0, 1 -> {
                body.small(depth, 0x0f);
                body.values.one(kind, depth + 1);
                body.code.raw(0x26).number(table);
            }
            case 2 -> {
                body.small(depth, 0x0f);
                body.values.one(kind, depth + 1);
                body.small(depth, 7);
                body.code.raw(0xfc, 17).number(table);
            }
            case 3 -> {
                int from = any();
                if (element(from).equals(kind)) {
                    body.small(depth, 0x0f);
                    body.small(depth, 0x0f);
                    body.small(depth, 7);
                    body.code.raw(0xfc, 14).number(table).number(from);
                }
            }
            case 4 -> {
                // The one passive segment holds functions.
                if (kind.equals(Kind.FUNCREF)) {
                    body.small(depth, 0x0f);
                    body.small(depth, 3);
                    body.small(depth, 3);
                    body.code.raw(0xfc, 12).number(Types.PASSIVE).number(table);
                }
            }
            default -> {
                if (body.random.nextInt(4) == 0) {
                    body.code.raw(0xfc, 13).number(Types.PASSIVE);
                }
            }
        }
    }

    /** An element, or a constant if the table that chance has chosen holds others. */
    void get(Kind kind, int depth) {
        int table = any();
        if (element(table).equals(kind)) {
            body.small(depth, 7);
            body.code.raw(0x25).number(table);
        } else {
            body.values.constant(kind);
        }
    }

    /** The size of a memory or a table, perhaps a new one. */
    void sizes(int depth) {
        int table = any();
        switch (body.random.nextInt(5)) {
            case 0, 1 -> body.memories.size();
            case 2 -> body.memories.grow(depth);
            case 3 -> body.code.raw(0xfc, 16).number(table);
            default -> {
                body.values.one(element(table), depth + 1);
                body.small(depth, 3);
                body.code.raw(0xfc, 15).number(table);
            }
        }
    }

    private int any() {
        return body.random.nextInt(body.shape.tables().size());
    }

    private Kind element(int table) {
        return body.shape.tables().get(table).element();
    }
}

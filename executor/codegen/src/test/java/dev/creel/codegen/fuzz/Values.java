package dev.creel.codegen.fuzz;

import java.util.List;

/** What leaves one value of a wanted type, whatever it takes. */
record Values(RandomBody body) {
    void all(List<Kind> kinds, int depth) {
        kinds.forEach(kind -> one(kind, depth));
    }

    void one(Kind kind, int depth) {
        body.budget--;
        boolean simple = body.budget < 0 || depth > 2 * RandomBody.DEPTH_MAX;
        if (!simple && further(kind, depth)) {
            return;
        }
        int choice = body.random.nextInt(simple ? 8 : 40);
        if (choice < 3) {
            constant(kind);
        } else if (choice < 7) {
            local(kind);
        } else if (choice == 7) {
            global(kind);
        } else if (choice == 8) {
            settle(body.blocks.block(depth, List.of(kind)));
        } else if (choice == 9) {
            body.calls.answer(kind, depth);
        } else if (choice == 10) {
            one(kind, depth + 1);
            body.code.raw(0x22).number(body.local(kind.orNull()));
            body.references.notNull(kind);
        } else if (choice < 13) {
            select(kind, depth);
        } else if (kind.isReference()) {
            body.tables.get(kind, depth);
        } else if (choice < 17) {
            body.memories.load(kind, depth);
        } else if (choice == 17 && kind.equals(Kind.I32)) {
            body.tables.sizes(depth);
        } else if (choice == 18 && kind.equals(Kind.I32)) {
            one(body.random.nextBoolean() ? Kind.FUNCREF : Kind.EXTERNREF, depth + 1);
            body.code.raw(0xd1);
        } else if (choice == 19) {
            body.branches.kept(kind, depth);
        } else {
            computed(kind, depth);
        }
    }

    /** What only some modules do; whether it was done. */
    private boolean further(Kind kind, int depth) {
        var features = body.shape.features();
        if (features.exceptions() && body.random.nextInt(24) == 0) {
            settle(body.exceptions.guarded(depth, List.of(kind)));
            return true;
        }
        if (features.references() && kind.isReference() && body.random.nextInt(6) == 0) {
            body.references.unlessNull(kind, depth);
            return true;
        }
        if (features.vectors() && !kind.isReference() && !kind.equals(Kind.V128) && body.random.nextInt(6) == 0) {
            body.vectors.number(kind, depth);
            return true;
        }
        return false;
    }

    /** Zero or null; a function where null must not be. */
    void zero(Kind kind) {
        if (kind.nullable()) {
            body.code.constant(kind, 0);
        } else {
            body.references.function(kind.function());
        }
    }

    void constant(Kind kind) {
        if (kind.typed()) {
            if (kind.nullable() && body.random.nextInt(4) == 0) {
                zero(kind);
            } else {
                body.references.function(kind.function());
            }
        } else if (kind.equals(Kind.FUNCREF) && body.random.nextInt(4) > 0) {
            body.code
                    .raw(0xd2)
                    .number(body.random.nextInt(body.shape.functions().size()));
        } else if (kind.equals(Kind.V128)) {
            body.code.vector(body.constants.half(), body.constants.half());
        } else {
            body.code.constant(kind, body.constants.of(kind));
        }
    }

    private void local(Kind kind) {
        if (!kind.nullable() && body.random.nextInt(4) > 0) {
            // Locals begin with null, which is mostly not to be met.
            constant(kind);
            return;
        }
        body.code.raw(0x20).number(body.local(kind.orNull()));
        body.references.notNull(kind);
    }

    private void global(Kind kind) {
        var globals = body.shape.globals();
        for (int i = 0; i < globals.size(); i++) {
            int global = ((i + body.budget) & 0xffff) % globals.size();
            if (globals.get(global).kind().equals(kind)) {
                body.code.raw(0x23).number(global);
                return;
            }
        }
        constant(kind);
    }

    /** Leaves only the last of these. */
    void settle(List<Kind> kinds) {
        if (kinds.size() > 1) {
            int keep = body.local(kinds.getLast().orNull());
            body.code.raw(0x21).number(keep);
            body.drop(kinds.subList(0, kinds.size() - 1));
            body.code.raw(0x20).number(keep);
            body.references.notNull(kinds.getLast());
        }
    }

    private void select(Kind kind, int depth) {
        one(kind, depth + 1);
        one(kind, depth + 1);
        one(Kind.I32, depth + 1);
        if (kind.isReference() || body.random.nextInt(4) == 0) {
            body.code.raw(0x1c).kinds(List.of(kind));
        } else {
            body.code.raw(0x1b);
        }
    }

    /** What an instruction makes of numbers or vectors; of references, a constant. */
    void computed(Kind kind, int depth) {
        if (kind.equals(Kind.V128)) {
            body.vectors.computed(depth);
        } else if (kind.isReference()) {
            constant(kind);
        } else {
            numeric(kind, depth);
        }
    }

    private void numeric(Kind kind, int depth) {
        var instruction = Numeric.any(kind, body.random);
        for (int i = 0; i < instruction.operands().size(); i++) {
            var operand = instruction.operands().get(i);
            if (instruction.truncates() && body.random.nextInt(8) > 0) {
                one(Kind.I32, depth + 1);
                boolean single = operand.equals(Kind.F32);
                body.code.raw(single ? 0xb2 : 0xb7);
                body.code.constant(operand, single ? 0x3f20_0000L : 0x3fe4_0000_0000_0000L);
                body.code.raw(single ? 0x94 : 0xa2);
            } else if (instruction.seesBits(i)) {
                body.canonical(operand, depth);
            } else {
                one(operand, depth + 1);
            }
        }
        if (instruction.divides() && body.random.nextInt(12) > 0) {
            body.code.constant(kind, 1 + body.random.nextInt(9)).raw(kind.equals(Kind.I32) ? 0x72 : 0x84);
        }
        instruction.write(body.code);
    }
}

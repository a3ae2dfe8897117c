package dev.creel.codegen.fuzz;

import java.util.ArrayList;
import java.util.List;

/** What leaves the stack as it is. */
record Statements(RandomBody body) {
    void some(int count, int depth) {
        for (int i = 0; i < count && body.budget > 0; i++) {
            one(depth + 1);
        }
    }

    private void one(int depth) {
        body.budget--;
        var further = further(depth);
        if (!further.isEmpty() && body.random.nextInt(4) == 0) {
            further.get(body.random.nextInt(further.size())).run();
            return;
        }
        switch (body.random.nextInt(depth > RandomBody.DEPTH_MAX ? 12 : 20)) {
            case 0, 1, 2 -> {
                int local = body.random.nextInt(body.locals.size());
                body.values.one(body.locals.get(local), depth);
                body.code.raw(0x21).number(local);
            }
            case 3 -> global(depth);
            case 4, 5, 6 -> body.memories.store(depth);
            case 7 -> body.memories.bulk(depth);
            case 8 -> body.tables.statement(depth);
            case 9 -> {
                body.values.one(body.shape.kinds().any(body.random), depth);
                body.code.raw(0x1a);
            }
            case 10 -> body.branches.anywhere(depth);
            case 11 -> body.branches.maybeLeave(depth);
            case 12 -> body.drop(body.calls.direct(depth));
            case 13 -> body.drop(body.calls.indirect(depth));
            case 14, 15 -> body.drop(body.blocks.block(depth, List.of()));
            case 16 ->
                body.drop(body.blocks.block(depth, body.shape.kinds().some(body.random, body.random.nextInt(3))));
            case 17, 18 -> body.blocks.loop(depth);
            default -> body.blocks.dispatch(depth);
        }
    }

    /** What only some modules do. */
    private List<Runnable> further(int depth) {
        var features = body.shape.features();
        var further = new ArrayList<Runnable>();
        if (features.tails()) {
            further.add(() -> body.branches.maybeLeave(depth));
        }
        if (features.exceptions()) {
            further.add(() -> body.branches.maybeLeave(depth));
            if (depth <= RandomBody.DEPTH_MAX) {
                further.add(() -> body.drop(
                        body.exceptions.guarded(depth, body.shape.kinds().some(body.random, body.random.nextInt(3)))));
            }
        }
        if (features.vectors()) {
            further.add(() -> body.vectors.store(depth));
        }
        if (!body.shape.referred().isEmpty()) {
            further.add(() -> body.drop(body.references.call(depth)));
            further.add(() -> body.references.branchOnNull(depth));
        }
        if (!further.isEmpty()) {
            further.add(() -> {
                body.memories.grow(depth);
                body.code.raw(0x1a);
            });
        }
        return further;
    }

    private void global(int depth) {
        var globals = body.shape.globals();
        int global = body.random.nextInt(globals.size() + 1);
        if (global < globals.size() && globals.get(global).mutable()) {
            body.canonical(globals.get(global).kind(), depth);
            body.code.raw(0x24).number(global);
        }
    }
}

package dev.creel.codegen.fuzz;

import dev.creel.codegen.fuzz.RandomBody.Label;
import java.util.ArrayList;
import java.util.List;

/** Ways out of blocks, and out of the function. */
record Branches(RandomBody body) {
    void anywhere(int depth) {
        maybe(body.random.nextInt(body.labels.size()), depth);
    }

    /** A branch to a label under some condition; goes on with an unchanged stack. */
    void maybe(int label, int depth) {
        var target = body.labels.get(label);
        values(label, depth);
        if (target.back()) {
            body.fuelLeft();
            body.values.one(Kind.I32, depth + 1);
            body.code.raw(0x45, 0x45, 0x71);
        } else {
            body.values.one(Kind.I32, depth + 1);
        }
        body.code.raw(0x0d).number(body.outward(label));
        body.drop(target.kinds());
    }

    /** What a branch to a label takes along. */
    void values(int label, int depth) {
        if (label == 0) {
            body.canonical(body.labels.getFirst().kinds(), depth);
        } else {
            body.values.all(body.labels.get(label).kinds(), depth + 1);
        }
    }

    /** The value that a branch would have taken along, had it been taken. */
    void kept(Kind kind, int depth) {
        for (int label = body.labels.size() - 1; label > 0; label--) {
            if (!body.labels.get(label).back() && body.labels.get(label).kinds().equals(List.of(kind))) {
                body.values.one(kind, depth + 1);
                body.values.one(Kind.I32, depth + 1);
                body.code.raw(0x0d).number(body.outward(label));
                return;
            }
        }
        body.values.computed(kind, depth);
    }

    /** Under some condition, leaves for good; what follows is reached otherwise. */
    void maybeLeave(int depth) {
        body.values.one(Kind.I32, depth + 1);
        body.code.raw(0x41).signed(body.random.nextInt(8) + 1).raw(body.random.nextBoolean() ? 0x46 : 0x4c);
        body.code.raw(0x04, 0x40);
        body.labels.add(new Label(List.of(), false));
        leave(depth);
        if (body.random.nextInt(3) == 0) {
            body.statements.some(1, depth + 1);
        }
        body.labels.removeLast();
        body.code.raw(0x0b);
    }

    private void leave(int depth) {
        var features = body.shape.features();
        if (features.tails() && body.random.nextInt(3) == 0) {
            body.calls.tail(depth);
        } else if (features.exceptions() && body.random.nextInt(2) == 0) {
            body.exceptions.raise(depth);
        } else {
            leavePlainly(depth);
        }
    }

    private void leavePlainly(int depth) {
        switch (body.random.nextInt(8)) {
            case 0 -> body.code.raw(0x00);
            case 1, 2 -> {
                body.canonical(body.type.results(), depth);
                body.code.raw(0x0f);
            }
            case 3, 4, 5 -> table(depth);
            default -> {
                int label = body.random.nextInt(body.labels.size());
                if (!body.labels.get(label).back()) {
                    values(label, depth);
                    body.code.raw(0x0c).number(body.outward(label));
                }
            }
        }
    }

    /** A {@code br_table} among labels that take the same; the ways back are only taken while there is fuel. */
    private void table(int depth) {
        int first = body.random.nextInt(body.labels.size());
        if (body.labels.get(first).back()) {
            first = 0;
        }
        var kinds = body.labels.get(first).kinds();
        var targets = new ArrayList<Integer>();
        targets.add(first);
        for (int i = body.random.nextInt(10); i > 0; i--) {
            int label = body.random.nextInt(body.labels.size());
            if (body.labels.get(label).kinds().equals(kinds)) {
                targets.add(label);
            }
        }
        targets.add(first);
        body.canonical(kinds, depth);
        body.values.one(Kind.I32, depth + 1);
        if (body.random.nextBoolean()) {
            body.code.raw(0x41).signed(0x0f).raw(0x71);
        }
        body.code.raw(0x41, 0);
        body.fuelLeft();
        body.code.raw(0x6b, 0x71);
        jump(targets);
    }

    /** A {@code br_table}; the last label is for all other numbers. */
    void jump(List<Integer> targets) {
        body.code.raw(0x0e).number(targets.size() - 1);
        targets.forEach(target -> body.code.number(body.outward(target)));
    }
}

package dev.creel.codegen.fuzz;

import dev.creel.codegen.fuzz.RandomBody.Label;
import java.util.List;

/** References to functions of one type, and what asks whether a reference is null. */
record References(RandomBody body) {
    /** A call of a reference; answers what it leaves. */
    List<Kind> call(int depth) {
        int referred = body.random.nextInt(body.shape.referred().size());
        call(0x14, referred, depth);
        return body.shape.referred().get(referred).results();
    }

    /** Ends the function with a call of a reference. */
    void tail(int referred, int depth) {
        call(0x15, referred, depth);
    }

    private void call(int opcode, int referred, int depth) {
        body.values.all(body.shape.referred().get(referred).params(), depth + 1);
        body.values.one(Kind.reference(referred, body.random.nextInt(4) == 0), depth + 1);
        body.code.raw(opcode).number(referred);
    }

    /** A function of this type. */
    void function(int referred) {
        var functions = body.shape.ofType(referred);
        body.code.raw(0xd2).number(functions[body.random.nextInt(functions.length)]);
    }

    /** Reads a local that may hold null where null must not be. */
    void notNull(Kind kind) {
        if (!kind.nullable()) {
            body.code.raw(0xd4);
        }
    }

    /** What can be null, now and then for sure. */
    private Kind any() {
        while (true) {
            var kind = body.shape.kinds().any(body.random);
            if (kind.isReference()) {
                return kind.orNull();
            }
        }
    }

    /** A branch that null takes; goes on with an unchanged stack. */
    void branchOnNull(int depth) {
        int label = body.random.nextInt(body.labels.size());
        body.branches.values(label, depth);
        if (body.labels.get(label).back()) {
            // Null as long as there is fuel.
            var kind = Kind.reference(body.random.nextInt(body.shape.referred().size()), true);
            body.code.constant(kind, 0);
            function(kind.function());
            body.fuelLeft();
            body.code.raw(0x1c).kinds(List.of(kind));
        } else {
            body.values.one(any(), depth + 1);
        }
        body.code.raw(0xd5).number(body.outward(label)).raw(0x1a);
        body.drop(body.labels.get(label).kinds());
    }

    /** A reference that leaves a block unless it is null, or another. */
    void unlessNull(Kind kind, int depth) {
        body.code.raw(0x02);
        body.types.block(List.of(), List.of(kind), body.code);
        body.labels.add(new Label(List.of(kind), false));
        body.values.one(kind.orNull(), depth + 1);
        body.code.raw(0xd6, 0);
        body.statements.some(body.random.nextInt(2), depth + 1);
        body.values.one(kind, depth + 1);
        body.labels.removeLast();
        body.code.raw(0x0b);
    }
}

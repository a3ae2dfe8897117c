package dev.creel.codegen.fuzz;

import dev.creel.codegen.fuzz.RandomBody.Label;
import java.util.ArrayList;
import java.util.List;

/** Blocks, loops and switches. */
record Blocks(RandomBody body) {
    /** A block or an {@code if} that leaves {@code last} and perhaps more; answers what it leaves. */
    List<Kind> block(int depth, List<Kind> last) {
        var params = params();
        var results = new ArrayList<>(body.random.nextInt(4) == 0 ? some(1) : List.of());
        results.addAll(last);
        params.forEach(kind -> body.values.one(kind, depth + 1));
        boolean choice = body.random.nextBoolean();
        if (choice) {
            body.values.one(Kind.I32, depth + 1);
        }
        body.code.raw(choice ? 0x04 : 0x02);
        body.types.block(params, results, body.code);
        arm(params, results, depth);
        if (choice && (!params.equals(results) || body.random.nextBoolean())) {
            body.code.raw(0x05);
            arm(params, results, depth);
        }
        body.code.raw(0x0b);
        return results;
    }

    /** What a block takes, mostly nothing. */
    List<Kind> params() {
        return body.random.nextInt(3) == 0 ? some(1 + body.random.nextInt(2)) : List.of();
    }

    private List<Kind> some(int count) {
        return body.shape.kinds().some(body.random, count);
    }

    /** What stands within a block. */
    void arm(List<Kind> params, List<Kind> results, int depth) {
        body.labels.add(new Label(results, false));
        body.drop(params);
        body.statements.some(body.random.nextInt(4), depth);
        body.values.all(results, depth + 1);
        body.labels.removeLast();
    }

    /** A loop; its only ways back take from the fuel. */
    void loop(int depth) {
        var params = params();
        var results = body.random.nextInt(3) == 0 ? some(1) : List.<Kind>of();
        params.forEach(kind -> body.values.one(kind, depth + 1));
        body.code.raw(0x03);
        body.types.block(params, results, body.code);
        body.labels.add(new Label(params, true));
        body.drop(params);
        body.statements.some(1 + body.random.nextInt(4), depth);
        body.branches.maybe(body.labels.size() - 1, depth);
        body.values.all(results, depth + 1);
        body.labels.removeLast();
        body.code.raw(0x0b);
        body.drop(results);
    }

    /** A loop around a switch, as interpreters have it; now and then one with very many cases. */
    void dispatch(int depth) {
        var code = body.code;
        var random = body.random;
        int cases = random.nextInt(6) == 0 && depth < 3 ? 33 + random.nextInt(12) : 2 + random.nextInt(6);
        int out = open(0x02);
        int head = open(0x03);
        var targets = new ArrayList<Integer>();
        for (int i = 0; i < cases; i++) {
            targets.addFirst(open(0x02));
        }
        targets.add(random.nextBoolean() ? out : targets.getFirst());
        if (random.nextInt(3) == 0) {
            targets.set(random.nextInt(targets.size()), targets.get(random.nextInt(targets.size())));
        }
        body.statements.some(random.nextInt(2), depth + 1);
        body.values.one(Kind.I32, depth + 2);
        code.raw(0x41).signed(cases).raw(0x70);
        body.branches.jump(targets);
        for (int i = 0; i < cases; i++) {
            close();
            body.budget += 4;
            body.statements.some(1 + random.nextInt(3), depth + 1);
            if (random.nextInt(4) > 0) {
                body.branches.maybe(random.nextInt(4) == 0 ? out : head, depth + 1);
            }
        }
        close();
        close();
    }

    /** Begins a block or a loop without values; answers its label. */
    private int open(int opcode) {
        body.code.raw(opcode, 0x40);
        body.labels.add(new Label(List.of(), opcode == 0x03));
        return body.labels.size() - 1;
    }

    private void close() {
        body.labels.removeLast();
        body.code.raw(0x0b);
    }
}

package dev.creel.codegen.fuzz;

import dev.creel.codegen.fuzz.RandomBody.Label;
import java.util.ArrayList;
import java.util.List;

/** Exceptions and their handlers. An exception takes one of the fuel, because a handler can be a way back. */
record Exceptions(RandomBody body) {
    private static final int HANDLERS_MAX = 3;

    /**
     * A clause of a {@code try_table}.
     *
     * @param tag the exceptions that it catches, or -1 for all
     * @param reference whether it hands on the exception itself, behind its values
     */
    private record Handler(int tag, boolean reference) {
        void write(int outward, Code code) {
            if (tag < 0) {
                code.raw(reference ? 3 : 2);
            } else {
                code.raw(reference ? 1 : 0).number(tag);
            }
            code.number(outward);
        }
    }

    /** Mostly begins with null in all locals, as they have it anyway: not so in Chicory. */
    void none() {
        if (body.shape.features().exceptions() && body.random.nextInt(8) > 0) {
            for (int i = body.type.params().size(); i < body.locals.size(); i++) {
                if (body.locals.get(i).equals(Kind.EXNREF)) {
                    body.code.constant(Kind.EXNREF, 0).raw(0x21).number(i);
                }
            }
        }
    }

    /** Throws something new, or what was caught before. */
    void raise(int depth) {
        body.fuelOrReturn();
        if (body.random.nextInt(4) == 0) {
            body.values.one(Kind.EXNREF, depth + 1);
            body.code.raw(0x0a);
        } else {
            int tag = body.random.nextInt(tags().size());
            body.values.all(tags().get(tag), depth + 1);
            body.code.raw(0x08).number(tag);
        }
    }

    /** A {@code try_table} that leaves {@code results}, with blocks around it in which its handlers stand; answers what it leaves. */
    List<Kind> guarded(int depth, List<Kind> results) {
        int first = body.labels.size();
        begin(results);
        var own = handlers();
        for (var handler : own.reversed()) {
            begin(kinds(handler));
        }
        guard(own, first, results, depth);
        for (var handler : own) {
            body.code.raw(0x0c).number(body.outward(first));
            end();
            caught(handler, results, depth);
        }
        end();
        return results;
    }

    /** The {@code try_table} itself. Clauses lead to the blocks around it, or to any label that takes what they hand on. */
    private void guard(List<Handler> own, int first, List<Kind> results, int depth) {
        var params = body.blocks.params();
        body.values.all(params, depth + 1);
        var clauses = new Code();
        int count = 0;
        for (int i = 0; i < own.size(); i++, count++) {
            own.get(i).write(body.outward(first + own.size() - i), clauses);
        }
        for (int i = body.random.nextInt(2); i > 0; i--) {
            var handler = handler();
            // What the function answers must be canonical, which an exception's values are not.
            int label = 1 + body.random.nextInt(body.labels.size() - 1);
            if (body.labels.get(label).kinds().equals(kinds(handler))) {
                handler.write(body.outward(label), clauses);
                count++;
            }
        }
        body.code.raw(0x1f);
        body.types.block(params, results, body.code);
        body.code.number(count).then(clauses);
        body.labels.add(new Label(results, false));
        body.drop(params);
        body.statements.some(1 + body.random.nextInt(4), depth);
        if (body.random.nextInt(3) == 0) {
            body.branches.maybeLeave(depth + 1);
        }
        body.values.all(results, depth + 1);
        end();
    }

    /** What a handler does with what it has caught. */
    private void caught(Handler handler, List<Kind> results, int depth) {
        if (handler.reference() && body.random.nextBoolean()) {
            int local = body.local(Kind.EXNREF);
            body.code.raw(0x21).number(local);
            body.drop(values(handler));
            body.values.one(Kind.I32, depth + 1);
            body.code.raw(0x04, 0x40);
            body.fuelOrReturn();
            body.code.raw(0x20).number(local).raw(0x0a, 0x0b);
        } else {
            body.drop(kinds(handler));
        }
        body.statements.some(body.random.nextInt(4), depth);
        body.values.all(results, depth + 1);
    }

    private List<Handler> handlers() {
        var handlers = new ArrayList<Handler>();
        for (int i = 1 + body.random.nextInt(HANDLERS_MAX); i > 0; i--) {
            handlers.add(handler());
        }
        return handlers;
    }

    private Handler handler() {
        int tag = body.random.nextInt(4) == 0 ? -1 : body.random.nextInt(tags().size());
        return new Handler(tag, body.random.nextInt(3) == 0);
    }

    private List<Kind> kinds(Handler handler) {
        var kinds = new ArrayList<>(values(handler));
        if (handler.reference()) {
            kinds.add(Kind.EXNREF);
        }
        return kinds;
    }

    private List<Kind> values(Handler handler) {
        return handler.tag() < 0 ? List.of() : tags().get(handler.tag());
    }

    private void begin(List<Kind> results) {
        body.code.raw(0x02);
        body.types.block(List.of(), results, body.code);
        body.labels.add(new Label(results, false));
    }

    private void end() {
        body.labels.removeLast();
        body.code.raw(0x0b);
    }

    private List<List<Kind>> tags() {
        return body.shape.tags();
    }
}

package dev.creel.codegen.fuzz;

import java.util.List;

/** Calls of functions and tables' elements; those of references are {@link References}'. */
record Calls(RandomBody body) {
    private static final int TRIES = 8;

    /** A call of any function; answers what it leaves. */
    List<Kind> direct(int depth) {
        int function = body.random.nextInt(functions().size());
        call(function, depth);
        return functions().get(function).results();
    }

    private void call(int function, int depth) {
        body.values.all(functions().get(function).params(), depth + 1);
        body.code.raw(0x10).number(function);
    }

    /** A call of an element, which often has another type; answers what it leaves. */
    List<Kind> indirect(int depth) {
        int table = table();
        var called = functions().get(body.random.nextInt(functions().size()));
        indirect(0x11, called, table, depth);
        return called.results();
    }

    private void indirect(int opcode, Signature called, int table, int depth) {
        body.values.all(called.params(), depth + 1);
        body.small(depth, 7);
        body.code.raw(opcode).number(body.types.index(called)).number(table);
    }

    /** A table of functions. */
    private int table() {
        while (true) {
            int table = body.random.nextInt(body.shape.tables().size());
            var element = body.shape.tables().get(table).element();
            if (element.typed() || element.equals(Kind.FUNCREF)) {
                return table;
            }
        }
    }

    /** What a function answers. */
    void answer(Kind kind, int depth) {
        for (int i = 0; i < TRIES; i++) {
            int function = body.random.nextInt(functions().size());
            var results = functions().get(function).results();
            int last = results.lastIndexOf(kind);
            if (last >= 0) {
                call(function, depth);
                body.drop(results.subList(last + 1, results.size()));
                body.values.settle(results.subList(0, last + 1));
                return;
            }
        }
        body.values.constant(kind);
    }

    /** Ends the function with a call, if chance finds one that answers the same. */
    void tail(int depth) {
        for (int i = 0; i < TRIES; i++) {
            int function = body.random.nextInt(functions().size());
            var called = functions().get(function);
            if (called.results().equals(body.type.results())) {
                int referred = body.shape.referred().indexOf(called);
                if (referred >= 0 && body.random.nextBoolean()) {
                    body.references.tail(referred, depth);
                } else if (body.random.nextBoolean()) {
                    indirect(0x13, called, table(), depth);
                } else {
                    body.values.all(called.params(), depth + 1);
                    body.code.raw(0x12).number(function);
                }
                return;
            }
        }
    }

    private List<Signature> functions() {
        return body.shape.functions();
    }
}

package dev.creel.codegen.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One function's instructions. Every call, every jump back and every exception takes one from a global, so that all ends. What a float
 * computed is made canonical if it is NaN before anything sees its bits: the specification leaves them open.
 *
 * <p>The parts write to the same {@link #code} and know of each other through this.
 */
final class RandomBody {
    static final int DEPTH_MAX = 6;
    private static final int CANONICAL_F32 = 0x7fc0_0000;
    private static final long CANONICAL_F64 = 0x7ff8_0000_0000_0000L;

    final Shape shape;
    final Types types;
    final Signature type;
    final Random random;
    final Constants constants;
    final Code code = new Code();
    final List<Kind> locals = new ArrayList<>();
    final List<Label> labels = new ArrayList<>();
    final Values values = new Values(this);
    final Statements statements = new Statements(this);
    final Memories memories = new Memories(this);
    final Tables tables = new Tables(this);
    final Blocks blocks = new Blocks(this);
    final Branches branches = new Branches(this);
    final Calls calls = new Calls(this);
    final Exceptions exceptions = new Exceptions(this);
    final References references = new References(this);
    final Vectors vectors = new Vectors(this);
    /** How much more may be written. */
    int budget;

    /** Where a branch can go: with values of these kinds, and back rather than on. */
    record Label(List<Kind> kinds, boolean back) {}

    RandomBody(Shape shape, Types types, Signature type, Random random) {
        this.shape = shape;
        this.types = types;
        this.type = type;
        this.random = random;
        this.constants = new Constants(random);
        locals.addAll(type.params());
        // At least one of each kind for what has to be put somewhere, and two for what becomes canonical.
        shape.kinds().all().stream().map(Kind::orNull).distinct().forEach(locals::add);
        locals.addAll(shape.kinds().some(random, random.nextInt(5)).stream()
                .map(Kind::orNull)
                .toList());
        locals.addAll(List.of(Kind.F32, Kind.F64));
        budget = switch (random.nextInt(8)) {
            case 0 -> 400;
            case 1 -> 10;
            default -> 60 + random.nextInt(120);
        };
    }

    /** The entry of the code section, with its length. */
    Code write() {
        fuelOrReturn();
        exceptions.none();
        labels.add(new Label(type.results(), false));
        statements.some(1 + random.nextInt(6), 0);
        if (shape.features().tails() && random.nextInt(3) == 0) {
            calls.tail(0);
        }
        canonical(type.results(), 0);
        code.raw(0x0b);
        var declared = locals.subList(type.params().size(), locals.size());
        var body = new Code().number(declared.size());
        declared.forEach(kind -> body.number(1).kind(kind));
        return new Code().sized(body.then(code));
    }

    /** Takes one of the fuel, or returns if there is none. */
    void fuelOrReturn() {
        code.raw(0x23).number(types.fuel()).raw(0x45, 0x04, 0x40);
        type.results().forEach(values::zero);
        code.raw(0x0f);
        code.raw(0x0b).raw(0x23).number(types.fuel()).raw(0x41, 1, 0x6b, 0x24).number(types.fuel());
    }

    /** Takes one of the fuel, and answers whether there was one. */
    void fuelLeft() {
        int fuel = types.fuel();
        code.raw(0x23).number(fuel).raw(0x45, 0x45);
        code.raw(0x23)
                .number(fuel)
                .raw(0x41, 1, 0x6b)
                .raw(0x41, 0)
                .raw(0x23)
                .number(fuel)
                .raw(0x1b);
        code.raw(0x24).number(fuel);
    }

    /** How a branch to a label is written from here. */
    int outward(int label) {
        return labels.size() - 1 - label;
    }

    int local(Kind kind) {
        while (true) {
            int local = random.nextInt(locals.size());
            if (locals.get(local).equals(kind)) {
                return local;
            }
        }
    }

    void drop(List<Kind> kinds) {
        for (var kind : kinds.reversed()) {
            if (random.nextBoolean()) {
                code.raw(0x1a);
            } else {
                code.raw(0x21).number(local(kind.orNull()));
            }
        }
    }

    void canonical(List<Kind> kinds, int depth) {
        kinds.forEach(kind -> canonical(kind, depth));
    }

    /** A value whose bits may be seen. */
    void canonical(Kind kind, int depth) {
        values.one(kind, depth + 1);
        if (kind.isFloat()) {
            boolean single = kind.equals(Kind.F32);
            int scratch = locals.size() - (single ? 2 : 1);
            code.raw(0x22).number(scratch).constant(kind, single ? CANONICAL_F32 : CANONICAL_F64);
            code.raw(0x20).number(scratch).raw(0x20).number(scratch).raw(single ? 0x5b : 0x61, 0x1b);
        }
    }

    /** A number of bytes or elements, mostly a small one. */
    void small(int depth, int mask) {
        if (random.nextInt(40) == 0) {
            values.one(Kind.I32, depth + 1);
        } else if (random.nextBoolean()) {
            code.raw(0x41).signed(random.nextInt(mask + 1));
        } else {
            values.one(Kind.I32, depth + 1);
            code.raw(0x41).signed(mask).raw(0x71);
        }
    }
}

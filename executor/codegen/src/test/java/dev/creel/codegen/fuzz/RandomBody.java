package dev.creel.codegen.fuzz;

import static dev.creel.component.core.ValueKind.F32;
import static dev.creel.component.core.ValueKind.F64;
import static dev.creel.component.core.ValueKind.FUNCREF;
import static dev.creel.component.core.ValueKind.I32;
import static dev.creel.component.core.ValueKind.I64;

import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.ValueKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One function's instructions. Every call and every jump back takes one from a global, so that all ends. What a float computed is
 * made canonical if it is NaN before anything sees its bits: the specification leaves them open.
 */
final class RandomBody {
    private static final int DEPTH_MAX = 6;
    private static final int CANONICAL_F32 = 0x7fc0_0000;
    private static final long CANONICAL_F64 = 0x7ff8_0000_0000_0000L;

    private final Shape shape;
    private final Types types;
    private final CoreFuncType type;
    private final Random random;
    private final Constants constants;
    private final Code code = new Code();
    private final List<ValueKind> locals = new ArrayList<>();
    private final List<Label> labels = new ArrayList<>();
    private int budget;

    /** Where a branch can go: with values of these kinds, and back rather than on. */
    private record Label(List<ValueKind> kinds, boolean back) {}

    RandomBody(Shape shape, Types types, CoreFuncType type, Random random) {
        this.shape = shape;
        this.types = types;
        this.type = type;
        this.random = random;
        this.constants = new Constants(random);
        locals.addAll(type.params());
        // At least one of each kind for what has to be put somewhere, and two for what becomes canonical.
        locals.addAll(List.of(I32, I64, F32, F64, FUNCREF, ValueKind.EXTERNREF));
        locals.addAll(Shape.kinds(random, random.nextInt(5)));
        locals.addAll(List.of(F32, F64));
        budget = switch (random.nextInt(8)) {
            case 0 -> 400;
            case 1 -> 10;
            default -> 60 + random.nextInt(120);
        };
    }

    /** The entry of the code section, with its length. */
    Code write() {
        fuelOr(() -> {
            type.results().forEach(kind -> code.constant(kind, 0));
            code.raw(0x0f);
        });
        labels.add(new Label(type.results(), false));
        statements(1 + random.nextInt(6), 0);
        canonical(type.results(), 0);
        code.raw(0x0b);
        var declared = locals.subList(type.params().size(), locals.size());
        var body = new Code().number(declared.size());
        declared.forEach(kind -> body.number(1).raw(Code.code(kind)));
        return new Code().sized(body.then(code));
    }

    /** Takes one of the fuel, or does something if there is none. */
    private void fuelOr(Runnable empty) {
        code.raw(0x23).number(types.fuel()).raw(0x45, 0x04, 0x40);
        empty.run();
        code.raw(0x0b).raw(0x23).number(types.fuel()).raw(0x41, 1, 0x6b, 0x24).number(types.fuel());
    }

    // --- Statements: they leave the stack as it is -----------------------------------------------------------------

    private void statements(int count, int depth) {
        for (int i = 0; i < count && budget > 0; i++) {
            statement(depth + 1);
        }
    }

    private void statement(int depth) {
        budget--;
        switch (random.nextInt(depth > DEPTH_MAX ? 12 : 20)) {
            case 0, 1, 2 -> {
                int local = random.nextInt(locals.size());
                value(locals.get(local), depth);
                code.raw(0x21).number(local);
            }
            case 3 -> setGlobal(depth);
            case 4, 5, 6 -> store(depth);
            case 7 -> bulk(depth);
            case 8 -> tables(depth);
            case 9 -> {
                value(Shape.any(random), depth);
                code.raw(0x1a);
            }
            case 10 -> branchIf(depth);
            case 11 -> maybeLeave(depth);
            case 12 -> {
                int function = random.nextInt(shape.functions().size());
                call(function, depth);
                drop(shape.functions().get(function).results());
            }
            case 13 -> {
                var called = callIndirect(depth);
                drop(called.results());
            }
            case 14, 15 -> drop(block(depth, List.of()));
            case 16 -> drop(block(depth, Shape.kinds(random, random.nextInt(3))));
            case 17, 18 -> loop(depth);
            default -> dispatch(depth);
        }
    }

    private void drop(List<ValueKind> kinds) {
        for (var kind : kinds.reversed()) {
            if (random.nextBoolean()) {
                code.raw(0x1a);
            } else {
                code.raw(0x21).number(local(kind));
            }
        }
    }

    private void setGlobal(int depth) {
        int global = random.nextInt(shape.globals().size() + 1);
        if (global < shape.globals().size() && shape.globals().get(global).mutable()) {
            canonical(shape.globals().get(global).kind(), depth);
            code.raw(0x24).number(global);
        }
    }

    private void store(int depth) {
        var kind = List.of(I32, I64, F32, F64).get(random.nextInt(4));
        address(depth);
        if (random.nextInt(3) == 0) {
            moved(kind, depth);
        } else {
            canonical(kind, depth);
        }
        switch (kind) {
            case I32 -> access(new int[] {0x36, 0x3a, 0x3b}, new int[] {2, 0, 1});
            case I64 -> access(new int[] {0x37, 0x3c, 0x3d, 0x3e}, new int[] {3, 0, 1, 2});
            case F32 -> access(new int[] {0x38}, new int[] {2});
            default -> access(new int[] {0x39}, new int[] {3});
        }
    }

    private void load(ValueKind kind, int depth) {
        address(depth);
        switch (kind) {
            case I32 -> access(new int[] {0x28, 0x2c, 0x2d, 0x2e, 0x2f}, new int[] {2, 0, 0, 1, 1});
            case I64 -> access(new int[] {0x29, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35}, new int[] {3, 0, 0, 1, 1, 2, 2});
            case F32 -> access(new int[] {0x2a}, new int[] {2});
            default -> access(new int[] {0x2b}, new int[] {3});
        }
    }

    private void access(int[] opcodes, int[] aligned) {
        int one = random.nextInt(opcodes.length);
        code.raw(opcodes[one]).number(random.nextInt(aligned[one] + 1)).number(offset());
    }

    private long offset() {
        return switch (random.nextInt(40)) {
            case 0 -> 0x7fff_ffffL;
            case 1 -> 0x8000_0000L + random.nextInt(100);
            case 2 -> 0xffff_ffffL - random.nextInt(10);
            case 3, 4, 5 -> 0x1_0000L - random.nextInt(10);
            case 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 -> random.nextInt(300);
            default -> 0;
        };
    }

    /** Mostly within the memory, often near its end. */
    private void address(int depth) {
        switch (random.nextInt(30)) {
            case 0 -> value(I32, depth + 1);
            case 1 -> code.raw(0x41).signed((1 + random.nextInt(3)) * 0x1_0000L - random.nextInt(12));
            case 2 -> code.raw(0x41).signed(-1 - random.nextInt(300));
            case 3, 4 -> {
                value(I32, depth + 1);
                code.raw(0x41).signed(0xffff).raw(0x71);
            }
            case 5, 6, 7, 8, 9, 10 -> code.raw(0x41).signed(random.nextInt(0x200));
            default -> {
                value(I32, depth + 1);
                code.raw(0x41).signed(0xff).raw(0x71);
            }
        }
    }

    /** A number of bytes or elements, mostly a small one. */
    private void small(int depth, int mask) {
        if (random.nextInt(40) == 0) {
            value(I32, depth + 1);
        } else if (random.nextBoolean()) {
            code.raw(0x41).signed(random.nextInt(mask + 1));
        } else {
            value(I32, depth + 1);
            code.raw(0x41).signed(mask).raw(0x71);
        }
    }

    private void bulk(int depth) {
        switch (random.nextInt(5)) {
            case 0 -> {
                address(depth);
                value(I32, depth + 1);
                small(depth, 0x1ff);
                code.raw(0xfc, 11, 0);
            }
            case 1, 2 -> {
                address(depth);
                address(depth);
                small(depth, 0x1ff);
                code.raw(0xfc, 10, 0, 0);
            }
            case 3 -> {
                address(depth);
                small(depth, 0x1f);
                small(depth, 0x1f);
                code.raw(0xfc, 8).number(random.nextInt(shape.segments())).raw(0);
            }
            default -> {
                if (random.nextInt(4) == 0) {
                    code.raw(0xfc, 9).number(random.nextInt(shape.segments()));
                }
            }
        }
    }

    private void tables(int depth) {
        int table = random.nextInt(shape.tables().size());
        var kind = shape.tables().get(table).element();
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                small(depth, 0x0f);
                value(kind, depth + 1);
                code.raw(0x26).number(table);
            }
            case 2 -> {
                small(depth, 0x0f);
                value(kind, depth + 1);
                small(depth, 7);
                code.raw(0xfc, 17).number(table);
            }
            case 3 -> {
                int from = random.nextInt(shape.tables().size());
                if (shape.tables().get(from).element() == kind) {
                    small(depth, 0x0f);
                    small(depth, 0x0f);
                    small(depth, 7);
                    code.raw(0xfc, 14).number(table).number(from);
                }
            }
            case 4 -> {
                // The one passive segment holds functions.
                if (kind == FUNCREF) {
                    small(depth, 0x0f);
                    small(depth, 3);
                    small(depth, 3);
                    code.raw(0xfc, 12).number(Types.PASSIVE).number(table);
                }
            }
            default -> {
                if (random.nextInt(4) == 0) {
                    code.raw(0xfc, 13).number(Types.PASSIVE);
                }
            }
        }
    }

    // --- Control flow ----------------------------------------------------------------------------------------------

    /** A block or an {@code if} that leaves {@code last} and perhaps more; answers what it leaves. */
    private List<ValueKind> block(int depth, List<ValueKind> last) {
        var params = random.nextInt(3) == 0 ? Shape.kinds(random, 1 + random.nextInt(2)) : List.<ValueKind>of();
        var results = new ArrayList<>(random.nextInt(4) == 0 ? Shape.kinds(random, 1) : List.of());
        results.addAll(last);
        params.forEach(kind -> value(kind, depth + 1));
        boolean choice = random.nextBoolean();
        if (choice) {
            value(I32, depth + 1);
        }
        code.raw(choice ? 0x04 : 0x02);
        types.block(params, results, code);
        arm(params, results, depth);
        if (choice && (!params.equals(results) || random.nextBoolean())) {
            code.raw(0x05);
            arm(params, results, depth);
        }
        code.raw(0x0b);
        return results;
    }

    private void arm(List<ValueKind> params, List<ValueKind> results, int depth) {
        labels.add(new Label(results, false));
        drop(params);
        statements(random.nextInt(4), depth);
        values(results, depth + 1);
        labels.removeLast();
    }

    /** A loop; its only ways back take from the fuel. */
    private void loop(int depth) {
        var params = random.nextInt(3) == 0 ? Shape.kinds(random, 1 + random.nextInt(2)) : List.<ValueKind>of();
        var results = random.nextInt(3) == 0 ? Shape.kinds(random, 1) : List.<ValueKind>of();
        params.forEach(kind -> value(kind, depth + 1));
        code.raw(0x03);
        types.block(params, results, code);
        labels.add(new Label(params, true));
        drop(params);
        statements(1 + random.nextInt(4), depth);
        branchTo(labels.size() - 1, depth);
        values(results, depth + 1);
        labels.removeLast();
        code.raw(0x0b);
        drop(results);
    }

    private void branchIf(int depth) {
        branchTo(random.nextInt(labels.size()), depth);
    }

    /** A branch to a label under some condition; goes on with an unchanged stack. */
    private void branchTo(int label, int depth) {
        var target = labels.get(label);
        labelValues(label, depth);
        if (target.back()) {
            fuelLeft();
            value(I32, depth + 1);
            code.raw(0x45, 0x45, 0x71);
        } else {
            value(I32, depth + 1);
        }
        code.raw(0x0d).number(labels.size() - 1 - label);
        drop(target.kinds());
    }

    /** Takes one of the fuel, and answers whether there was one. */
    private void fuelLeft() {
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

    private void labelValues(int label, int depth) {
        if (label == 0) {
            canonical(labels.getFirst().kinds(), depth);
        } else {
            values(labels.get(label).kinds(), depth + 1);
        }
    }

    /** Under some condition, leaves for good; what follows is reached otherwise. */
    private void maybeLeave(int depth) {
        value(I32, depth + 1);
        code.raw(0x41).signed(random.nextInt(8) + 1).raw(random.nextBoolean() ? 0x46 : 0x4c);
        code.raw(0x04, 0x40);
        labels.add(new Label(List.of(), false));
        leave(depth);
        if (random.nextInt(3) == 0) {
            statements(1, depth + 1);
        }
        labels.removeLast();
        code.raw(0x0b);
    }

    private void leave(int depth) {
        switch (random.nextInt(8)) {
            case 0 -> code.raw(0x00);
            case 1, 2 -> {
                canonical(type.results(), depth);
                code.raw(0x0f);
            }
            case 3, 4, 5 -> table(depth);
            default -> {
                int label = random.nextInt(labels.size());
                if (!labels.get(label).back()) {
                    labelValues(label, depth);
                    code.raw(0x0c).number(labels.size() - 1 - label);
                }
            }
        }
    }

    /** A {@code br_table} among labels that take the same; the ways back are only taken while there is fuel. */
    private void table(int depth) {
        int first = random.nextInt(labels.size());
        if (labels.get(first).back()) {
            first = 0;
        }
        var kinds = labels.get(first).kinds();
        var targets = new ArrayList<Integer>();
        targets.add(first);
        for (int i = random.nextInt(10); i > 0; i--) {
            int label = random.nextInt(labels.size());
            if (labels.get(label).kinds().equals(kinds)) {
                targets.add(label);
            }
        }
        targets.add(first);
        canonical(kinds, depth);
        value(I32, depth + 1);
        if (random.nextBoolean()) {
            code.raw(0x41).signed(0x0f).raw(0x71);
        }
        code.raw(0x41, 0);
        fuelLeft();
        code.raw(0x6b, 0x71);
        jump(targets);
    }

    private void jump(List<Integer> targets) {
        code.raw(0x0e).number(targets.size() - 1);
        targets.forEach(target -> code.number(labels.size() - 1 - target));
    }

    /** A loop around a switch, as interpreters have it; now and then one with very many cases. */
    private void dispatch(int depth) {
        int cases = random.nextInt(6) == 0 && depth < 3 ? 33 + random.nextInt(12) : 2 + random.nextInt(6);
        code.raw(0x02, 0x40);
        labels.add(new Label(List.of(), false));
        int out = labels.size() - 1;
        code.raw(0x03, 0x40);
        labels.add(new Label(List.of(), true));
        int head = labels.size() - 1;
        var targets = new ArrayList<Integer>();
        for (int i = 0; i < cases; i++) {
            code.raw(0x02, 0x40);
            labels.add(new Label(List.of(), false));
            targets.addFirst(labels.size() - 1);
        }
        targets.add(random.nextBoolean() ? out : targets.getFirst());
        if (random.nextInt(3) == 0) {
            targets.set(random.nextInt(targets.size()), targets.get(random.nextInt(targets.size())));
        }
        statements(random.nextInt(2), depth + 1);
        value(I32, depth + 2);
        code.raw(0x41).signed(cases).raw(0x70);
        jump(targets);
        for (int i = 0; i < cases; i++) {
            labels.removeLast();
            code.raw(0x0b);
            budget += 4;
            statements(1 + random.nextInt(3), depth + 1);
            if (random.nextInt(4) > 0) {
                branchTo(random.nextInt(4) == 0 ? out : head, depth + 1);
            }
        }
        labels.removeLast();
        code.raw(0x0b);
        labels.removeLast();
        code.raw(0x0b);
    }

    // --- Calls -----------------------------------------------------------------------------------------------------

    private void call(int function, int depth) {
        values(shape.functions().get(function).params(), depth + 1);
        code.raw(0x10).number(function);
    }

    private CoreFuncType callIndirect(int depth) {
        int table = random.nextInt(shape.tables().size());
        while (shape.tables().get(table).element() != FUNCREF) {
            table = random.nextInt(shape.tables().size());
        }
        var called = shape.functions().get(random.nextInt(shape.functions().size()));
        values(called.params(), depth + 1);
        small(depth, 7);
        code.raw(0x11).number(types.index(called)).number(table);
        return called;
    }

    // --- Values ----------------------------------------------------------------------------------------------------

    private void values(List<ValueKind> kinds, int depth) {
        kinds.forEach(kind -> value(kind, depth));
    }

    private void canonical(List<ValueKind> kinds, int depth) {
        kinds.forEach(kind -> canonical(kind, depth));
    }

    /** A value whose bits may be seen. */
    private void canonical(ValueKind kind, int depth) {
        value(kind, depth + 1);
        if (kind == F32 || kind == F64) {
            int scratch = locals.size() - (kind == F32 ? 2 : 1);
            code.raw(0x22).number(scratch).constant(kind, kind == F32 ? CANONICAL_F32 : CANONICAL_F64);
            code.raw(0x20).number(scratch).raw(0x20).number(scratch).raw(kind == F32 ? 0x5b : 0x61, 0x1b);
        }
    }

    /** A value that nothing computed: its bits, also those of a NaN, must be as they were. */
    private void moved(ValueKind kind, int depth) {
        load(kind, depth + 1);
        if (random.nextBoolean()) {
            int other = local(kind);
            code.raw(0x22).number(other).raw(0x1a).raw(0x20).number(other);
        }
    }

    private int local(ValueKind kind) {
        while (true) {
            int local = random.nextInt(locals.size());
            if (locals.get(local) == kind) {
                return local;
            }
        }
    }

    private void value(ValueKind kind, int depth) {
        budget--;
        int choice = budget < 0 || depth > 2 * DEPTH_MAX ? random.nextInt(8) : random.nextInt(40);
        if (choice < 3) {
            constant(kind);
        } else if (choice < 7) {
            code.raw(0x20).number(local(kind));
        } else if (choice == 7) {
            global(kind);
        } else if (choice == 8) {
            settle(block(depth, List.of(kind)));
        } else if (choice == 9) {
            called(kind, depth);
        } else if (choice == 10) {
            value(kind, depth + 1);
            code.raw(0x22).number(local(kind));
        } else if (choice < 13) {
            select(kind, depth);
        } else if (kind == FUNCREF || kind == ValueKind.EXTERNREF) {
            element(kind, depth);
        } else if (choice < 17) {
            load(kind, depth);
        } else if (choice == 17 && kind == I32) {
            sizes(depth);
        } else if (choice == 18 && kind == I32) {
            value(random.nextBoolean() ? FUNCREF : ValueKind.EXTERNREF, depth + 1);
            code.raw(0xd1);
        } else if (choice == 19) {
            keptByBranch(kind, depth);
        } else {
            numeric(kind, depth);
        }
    }

    private void constant(ValueKind kind) {
        if (kind == FUNCREF && random.nextInt(4) > 0) {
            code.raw(0xd2).number(random.nextInt(shape.functions().size()));
        } else {
            code.constant(kind, constants.of(kind));
        }
    }

    private void global(ValueKind kind) {
        for (int i = 0; i < shape.globals().size(); i++) {
            int global = ((i + budget) & 0xffff) % shape.globals().size();
            if (shape.globals().get(global).kind() == kind) {
                code.raw(0x23).number(global);
                return;
            }
        }
        constant(kind);
    }

    /** Leaves only the last of these. */
    private void settle(List<ValueKind> kinds) {
        if (kinds.size() > 1) {
            int keep = local(kinds.getLast());
            code.raw(0x21).number(keep);
            drop(kinds.subList(0, kinds.size() - 1));
            code.raw(0x20).number(keep);
        }
    }

    /** What a function answers. */
    private void called(ValueKind kind, int depth) {
        for (int i = 0; i < 8; i++) {
            int function = random.nextInt(shape.functions().size());
            var results = shape.functions().get(function).results();
            int last = results.lastIndexOf(kind);
            if (last >= 0) {
                call(function, depth);
                drop(results.subList(last + 1, results.size()));
                settle(results.subList(0, last + 1));
                return;
            }
        }
        constant(kind);
    }

    private void select(ValueKind kind, int depth) {
        value(kind, depth + 1);
        value(kind, depth + 1);
        value(I32, depth + 1);
        if (kind == FUNCREF || kind == ValueKind.EXTERNREF || random.nextInt(4) == 0) {
            code.raw(0x1c).kinds(List.of(kind));
        } else {
            code.raw(0x1b);
        }
    }

    private void element(ValueKind kind, int depth) {
        int table = random.nextInt(shape.tables().size());
        if (shape.tables().get(table).element() == kind) {
            small(depth, 7);
            code.raw(0x25).number(table);
        } else {
            constant(kind);
        }
    }

    private void sizes(int depth) {
        int table = random.nextInt(shape.tables().size());
        switch (random.nextInt(5)) {
            case 0, 1 -> code.raw(0x3f, 0);
            case 2 -> {
                small(depth, 1);
                code.raw(0x40, 0);
            }
            case 3 -> code.raw(0xfc, 16).number(table);
            default -> {
                value(shape.tables().get(table).element(), depth + 1);
                small(depth, 3);
                code.raw(0xfc, 15).number(table);
            }
        }
    }

    /** The value that a branch would have taken along, had it been taken. */
    private void keptByBranch(ValueKind kind, int depth) {
        for (int label = labels.size() - 1; label > 0; label--) {
            if (!labels.get(label).back() && labels.get(label).kinds().equals(List.of(kind))) {
                value(kind, depth + 1);
                value(I32, depth + 1);
                code.raw(0x0d).number(labels.size() - 1 - label);
                return;
            }
        }
        numeric(kind, depth);
    }

    private void numeric(ValueKind kind, int depth) {
        var instruction = Numeric.any(kind, random);
        for (int i = 0; i < instruction.operands().size(); i++) {
            var operand = instruction.operands().get(i);
            if (instruction.truncates() && random.nextInt(8) > 0) {
                value(I32, depth + 1);
                code.raw(operand == F32 ? 0xb2 : 0xb7);
                code.constant(operand, operand == F32 ? 0x3f20_0000L : 0x3fe4_0000_0000_0000L);
                code.raw(operand == F32 ? 0x94 : 0xa2);
            } else if (instruction.seesBits(i)) {
                canonical(operand, depth);
            } else {
                value(operand, depth + 1);
            }
        }
        if (instruction.divides() && random.nextInt(12) > 0) {
            code.constant(kind, 1 + random.nextInt(9)).raw(kind == I32 ? 0x72 : 0x84);
        }
        instruction.write(code);
    }
}

package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which ranges of a large function's instructions become methods of their own. A range is a whole block, or the tail of a block's
 * body up to its end; ranges nest. Sizes are estimates on the high side, a few times below what a method can hold.
 */
final class Splits {
    /** The number for returning with a call pending. */
    static final int TAIL = -1;

    private final List<Instruction> instructions;
    private final SplitSizes sizes;
    private final Structure structure;

    private final Map<Integer, Effects> effects = new HashMap<>();
    private final Map<Integer, Integer> ranges = new HashMap<>();
    /** See {@link Dispatches#chains}. */
    private final Map<Integer, Integer> chains;

    private final List<Item> arms = new ArrayList<>();
    /** Locals that are only ever set to constants. */
    private final BitSet constants;

    /** What a range needs of and does to its surroundings. */
    record Effects(BitSet uses, BitSet writes, TreeSet<Integer> exits) {
        /** The locals that it reads or writes. */
        BitSet locals() {
            var all = new BitSet();
            all.or(uses);
            all.or(writes);
            return all;
        }
    }

    private record Item(int start, int end, int cost) {}

    Splits(List<Instruction> instructions, SplitSizes sizes) {
        this.sizes = sizes;
        this.instructions = instructions;
        this.structure = new Structure(instructions);
        this.constants = Resumption.constants(instructions);
        var bytes = 0;
        for (var instruction : instructions) {
            bytes += cost(instruction);
        }
        var isCut = bytes > sizes.wholeMax();
        this.chains = isCut ? Dispatches.chains(instructions, sizes) : Map.of();
        if (isCut) {
            body(0, instructions.size() - 1);
        }
    }

    /** Where the range that starts at {@code index} ends, or null if none does. */
    @Nullable
    Integer range(int index) {
        return ranges.get(index);
    }

    boolean none() {
        return ranges.isEmpty();
    }

    /** Whether a range is a block with its end, not the tail of a body. */
    boolean isBlock(int start, int end) {
        return structure.isBlock(start) && structure.end(start) + 1 == end;
    }

    /** Cuts a body; what is left of it in bytes. */
    private int body(int from, int to) {
        var items = new ArrayList<Item>();
        for (var i = from; i < to; ) {
            var item = structure.isBlock(i)
                    ? new Item(i, structure.end(i) + 1, block(i))
                    : new Item(i, i + 1, cost(instructions.get(i)));
            items.add(item);
            i = item.end;
        }
        for (var i = 0; i < items.size(); i++) {
            if (chains.containsKey(items.get(i).start)) {
                return chained(items, i, to);
            }
        }
        var left = 0;
        var first = items.size();
        for (var i = items.size() - 1; i >= 0; i--) {
            var item = items.get(i);
            if (left > sizes.call() && left + item.cost > sizes.tail()) {
                ranges.put(items.get(i + 1).start, to);
                left = sizes.call();
                first = i + 1;
            }
            left += item.cost;
        }
        while (left > sizes.methodMax()) {
            Item largest = null;
            for (var item : items.subList(0, first)) {
                var fits = structure.isBlock(item.start)
                        && item.cost > 2 * sizes.call()
                        && !ranges.containsKey(item.start);
                if (fits && (largest == null || item.cost > largest.cost)) {
                    largest = item;
                }
            }
            if (largest == null) {
                break;
            }
            ranges.put(largest.start, largest.end);
            left -= largest.cost - sizes.call();
            items.set(items.indexOf(largest), new Item(largest.start, largest.end, sizes.call()));
        }
        return left;
    }

    /** A body with a block of a chain in it: what follows it is an arm. */
    private int chained(List<Item> items, int link, int to) {
        var left = 0;
        for (var item : items.subList(0, link + 1)) {
            left += item.cost;
        }
        var arm = 0;
        for (var item : items.subList(link + 1, items.size())) {
            arm += item.cost;
        }
        if (arm > sizes.call()) {
            arms.add(new Item(items.get(link + 1).start, to, arm));
        }
        return left + arm;
    }

    /** Leaves small arms where they are, as many as a method may have, and cuts the others off. */
    private int outermost(int cost) {
        arms.sort(Comparator.comparingInt(Item::cost).reversed());
        var left = cost;
        for (var arm : arms) {
            if (left <= sizes.dispatchMax()) {
                break;
            }
            ranges.put(arm.start, arm.end);
            left -= arm.cost - sizes.call();
        }
        arms.clear();
        return left;
    }

    private int block(int start) {
        var own = 2 * cost(instructions.get(start));
        if (Integer.valueOf(start).equals(chains.get(start))) {
            var outer = List.copyOf(arms);
            arms.clear();
            var left = outermost(own + bodies(start));
            arms.addAll(outer);
            return left;
        }
        return own + bodies(start);
    }

    /** Cuts the body of a block, or both of an {@code if}; what is left in bytes. */
    private int bodies(int start) {
        var otherwise = structure.otherwise(start);
        var end = structure.end(start);
        if (otherwise == 0) {
            return body(start + 1, end);
        }
        return body(start + 1, otherwise) + body(otherwise + 1, end);
    }

    private int cost(Instruction instruction) {
        return switch (instruction.opcode()) {
            case NOP, END -> 1;
            case LOCAL_GET, LOCAL_SET, DROP -> 2;
            case LOCAL_TEE, I32_CONST -> 3;
            case CALL, CALL_INDIRECT, CALL_REF -> 20;
            case BR_TABLE -> 20 + 10 * instruction.operandCount();
            case BLOCK, LOOP, IF, ELSE, BR, BR_IF, RETURN -> 8;
            case BR_ON_NULL, BR_ON_NON_NULL -> 12;
            case TRY_TABLE -> 20 + 30 * Tries.catches(instruction).size();
            case THROW -> 60;
            case RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF -> 100;
            default -> Vectors.is(instruction.opcode()) ? 16 : instruction.operandCount() == 3 ? 9 : 5;
        };
    }

    /** The effects of a range. Each instruction is looked at once, whatever ranges it is in. */
    Effects effects(int from, int to) {
        var known = effects.get(from);
        if (known == null) {
            known = collect(from, to);
            effects.put(from, known);
        }
        return known;
    }

    private Effects collect(int from, int to) {
        var result = new Effects(new BitSet(), new BitSet(), new TreeSet<>());
        for (var i = from; i < to; i++) {
            var range = i == from ? null : ranges.get(i);
            if (range != null) {
                var nested = effects(i, range);
                result.uses.or(nested.uses);
                result.writes.or(nested.writes);
                nested.exits.forEach(exit -> leave(result, exit, from, to));
                i = range - 1;
                continue;
            }
            var instruction = instructions.get(i);
            switch (instruction.opcode()) {
                case LOCAL_GET -> result.uses.set((int) instruction.operand(0));
                case LOCAL_SET, LOCAL_TEE -> result.writes.set((int) instruction.operand(0));
                case RETURN -> result.exits.add(branch(0));
                case RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF -> result.exits.add(TAIL);
                default -> {
                    for (var block : structure.targets(i)) {
                        leave(result, branch(block), from, to);
                    }
                }
            }
        }
        return result;
    }

    /** Adds an exit of something in a range if its target is not in the range. */
    private static void leave(Effects effects, int exit, int from, int to) {
        // A block's id is one more than where it starts; the function's is 0.
        var start = exit / 2 - 1;
        if (exit == TAIL || start < from || start >= to) {
            effects.exits.add(exit);
        }
    }

    /**
     * The locals that the code behind a block reads, up to the end of the block around it, without what is cut off.
     *
     * @param start of the block
     * @param around start of the block around it, or -1 for the function
     */
    BitSet readsBehind(int start, int around) {
        var reads = new BitSet();
        var end = around < 0 ? instructions.size() - 1 : structure.end(around);
        for (var i = structure.end(start) + 1; i < end; i++) {
            var range = ranges.get(i);
            if (range != null) {
                i = range - 1;
            } else if (instructions.get(i).opcode() == OpCode.LOCAL_GET) {
                reads.set((int) instructions.get(i).operand(0));
            }
        }
        return reads;
    }

    /** What begins at the loop at {@code index}, or null if that is a loop like others. */
    @Nullable
    Resumption resumption(int index) {
        return Resumption.at(index, instructions, constants);
    }

    /** Whether a method with these instructions has a large switch of its own. */
    boolean dispatches(int from, int to) {
        for (var i = from; i < to; i++) {
            var range = i == from ? null : ranges.get(i);
            if (range != null) {
                i = range - 1;
            } else if (instructions.get(i).opcode() == OpCode.LOOP && resumption(i) != null) {
                return false;
            } else if (Dispatches.is(instructions.get(i), sizes)) {
                return true;
            }
        }
        return false;
    }

    /** The number for going on at a block's label. */
    static int branch(int block) {
        return 2 * block;
    }

    /** The number for going on behind a block's end. */
    static int behind(int block) {
        return 2 * block + 1;
    }
}

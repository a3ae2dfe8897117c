package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** Large switches of one function that get a treatment of their own: each costs time that grows with the function. */
    private static final int CHAINS_MAX = 64;

    private final List<Instruction> instructions;
    private final SplitSizes sizes;
    private final int[] ends;
    private final int[] elses;
    /** The ids of the blocks that an instruction may branch to; null if it does not branch. */
    private final int[] @Nullable [] targets;

    private final Map<Integer, Effects> effects = new HashMap<>();
    private final Map<Integer, Integer> ranges = new HashMap<>();
    /** Start of a block that leads to the dispatch of an interpreter → start of the outermost of its chain. */
    private final Map<Integer, Integer> chains = new HashMap<>();

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
        this.ends = new int[instructions.size()];
        this.elses = new int[instructions.size()];
        this.targets = new int[instructions.size()][];
        this.constants = Resumption.constants(instructions);
        match();
        var bytes = 0;
        for (var instruction : instructions) {
            bytes += cost(instruction);
        }
        if (bytes > sizes.wholeMax()) {
            chains();
            body(0, instructions.size() - 1);
        }
    }

    /**
     * Finds the blocks around large switches: those that a switch leads out of, up to the loop that it is in. They stay in one method, so
     * that a turn of an interpreter's loop does not cross methods; only what follows them, the arms, is cut off.
     */
    private void chains() {
        var open = new ArrayDeque<Integer>();
        var found = 0;
        for (var i = 0; i < ends.length && found < CHAINS_MAX; i++) {
            switch (instructions.get(i).opcode()) {
                case BLOCK, LOOP, IF, TRY_TABLE -> open.push(i);
                case END -> open.poll();
                case BR_TABLE -> {
                    var depths = Arrays.stream(instructions.get(i).operands()).distinct();
                    if (depths.count() >= sizes.cases()) {
                        found++;
                        chain(List.copyOf(open), instructions.get(i));
                    }
                }
                default -> {}
            }
        }
    }

    private void chain(List<Integer> around, Instruction table) {
        var deepest = Arrays.stream(table.operands()).max().orElseThrow();
        var outermost = -1;
        for (var depth = 0; depth < around.size(); depth++) {
            var isLoop = instructions.get(around.get(depth)).opcode() == OpCode.LOOP;
            if (depth <= deepest || (isLoop && outermost < deepest + 1)) {
                outermost = depth;
            }
            if (depth > deepest && isLoop) {
                break;
            }
        }
        for (var depth = 0; depth <= outermost; depth++) {
            chains.putIfAbsent(around.get(depth), around.get(outermost));
        }
    }

    /** Finds the ends of blocks, and what branches lead to. */
    private void match() {
        var open = new ArrayList<Integer>();
        for (var i = 0; i < ends.length; i++) {
            var instruction = instructions.get(i);
            switch (instruction.opcode()) {
                case BLOCK, LOOP, IF -> open.add(i);
                case TRY_TABLE -> {
                    targets[i] = Tries.catches(instruction).stream()
                            .mapToInt(handler -> target(open, handler.label()))
                            .toArray();
                    open.add(i);
                }
                case ELSE -> elses[open.getLast()] = i;
                case END -> {
                    if (!open.isEmpty()) {
                        ends[open.removeLast()] = i;
                    }
                }
                case BR, BR_IF, BR_TABLE, BR_ON_NULL, BR_ON_NON_NULL ->
                    targets[i] = Arrays.stream(instruction.operands())
                            .mapToInt(depth -> target(open, depth))
                            .toArray();
                default -> {}
            }
        }
    }

    /** The id of the block at a depth. */
    private static int target(List<Integer> open, long depth) {
        return depth >= open.size() ? 0 : open.get(open.size() - 1 - (int) depth) + 1;
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
        return ends[start] != 0 && ends[start] + 1 == end;
    }

    /** Cuts a body; what is left of it in bytes. */
    private int body(int from, int to) {
        var items = new ArrayList<Item>();
        for (var i = from; i < to; ) {
            var end = ends[i] == 0 ? i + 1 : ends[i] + 1;
            items.add(new Item(i, end, ends[i] == 0 ? cost(instructions.get(i)) : block(i)));
            i = end;
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
                var fits = ends[item.start] != 0 && item.cost > 2 * sizes.call() && !ranges.containsKey(item.start);
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
        if (elses[start] == 0) {
            return body(start + 1, ends[start]);
        }
        return body(start + 1, elses[start]) + body(elses[start] + 1, ends[start]);
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
                    var blocks = targets[i];
                    for (var k = 0; blocks != null && k < blocks.length; k++) {
                        leave(result, branch(blocks[k]), from, to);
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
        var end = around < 0 ? instructions.size() - 1 : ends[around];
        for (var i = ends[start] + 1; i < end; i++) {
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
            } else if (instructions.get(i).opcode() == OpCode.BR_TABLE
                    && Arrays.stream(instructions.get(i).operands()).distinct().count() >= sizes.cases()) {
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

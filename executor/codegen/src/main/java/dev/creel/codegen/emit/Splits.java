package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
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
    private final List<AnnotatedInstruction> instructions;
    private final SplitSizes sizes;
    private final int[] ends;
    private final int[] elses;
    private final Map<Integer, Integer> ranges = new HashMap<>();

    /** What a range needs of and does to its surroundings. */
    record Effects(BitSet uses, BitSet writes, TreeSet<Integer> exits) {}

    private record Item(int start, int end, int cost) {}

    Splits(List<AnnotatedInstruction> instructions, SplitSizes sizes) {
        this.sizes = sizes;
        this.instructions = instructions;
        this.ends = new int[instructions.size()];
        this.elses = new int[instructions.size()];
        match();
        var bytes = 0;
        for (var instruction : instructions) {
            bytes += cost(instruction);
        }
        if (bytes > sizes.wholeMax()) {
            body(0, instructions.size() - 1);
        }
    }

    private void match() {
        var open = new ArrayDeque<Integer>();
        for (var i = 0; i < ends.length; i++) {
            switch (instructions.get(i).opcode()) {
                case BLOCK, LOOP, IF -> open.push(i);
                case ELSE -> elses[open.element()] = i;
                case END -> {
                    if (!open.isEmpty()) {
                        ends[open.pop()] = i;
                    }
                }
                default -> {}
            }
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

    private int block(int start) {
        var own = 2 * cost(instructions.get(start));
        if (elses[start] == 0) {
            return own + body(start + 1, ends[start]);
        }
        return own + body(start + 1, elses[start]) + body(elses[start] + 1, ends[start]);
    }

    private int cost(AnnotatedInstruction instruction) {
        return switch (instruction.opcode()) {
            case NOP, END -> 2;
            case LOCAL_GET, LOCAL_SET, DROP -> 4;
            case LOCAL_TEE, I32_CONST -> 5;
            case CALL, CALL_INDIRECT -> 40;
            case BR_TABLE -> 20 + 20 * instruction.operandCount();
            case BLOCK, LOOP, IF, ELSE, BR, BR_IF, RETURN -> 14;
            default -> instruction.operandCount() == 3 ? 26 : 12;
        };
    }

    /** The effects of a range. */
    Effects effects(int from, int to, List<Integer> open) {
        var uses = new BitSet();
        var writes = new BitSet();
        var exits = new TreeSet<Integer>();
        var depth = 0;
        for (var i = from; i < to; i++) {
            var instruction = instructions.get(i);
            switch (instruction.opcode()) {
                case BLOCK, LOOP, IF -> depth++;
                case END -> depth--;
                case LOCAL_GET -> uses.set((int) instruction.operand(0));
                case LOCAL_SET, LOCAL_TEE -> writes.set((int) instruction.operand(0));
                case RETURN -> exits.add(branch(0));
                case BR, BR_IF, BR_TABLE -> {
                    for (var operand : instruction.operands()) {
                        var out = (int) operand - depth;
                        if (out >= 0) {
                            exits.add(branch(open.get(open.size() - 1 - out)));
                        }
                    }
                }
                default -> {}
            }
        }
        return new Effects(uses, writes, exits);
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

package dev.creel.codegen.emit;

import java.lang.classfile.CodeBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The operand stack of one method while it is written. Its lower part stands in JVM locals, one for each position and kind; the
 * rest, the {@code live} uppermost, on the JVM's stack.
 */
final class Operands {
    private final CodeBuilder code;
    private final List<Kind> kinds = new ArrayList<>();
    private final Map<Slot, Integer> slots = new HashMap<>();
    private final Map<Slot, Integer> scratch = new HashMap<>();
    private int live;
    private int nextSlot;

    /** A place on the stack, with the kind of what is there. */
    record Slot(int position, Kind kind) {
        String field() {
            return "s" + position + "_" + kind;
        }
    }

    Operands(CodeBuilder code, int nextSlot) {
        this.code = code;
        this.nextSlot = nextSlot;
    }

    int size() {
        return kinds.size();
    }

    Kind kind(int position) {
        return kinds.get(position);
    }

    Kind top() {
        return kinds.getLast();
    }

    List<Kind> from(int position) {
        return List.copyOf(kinds.subList(position, kinds.size()));
    }

    int newSlot(Kind kind) {
        var slot = nextSlot;
        nextSlot += kind.jvm.slotSize();
        return slot;
    }

    /** A local for a moment; {@code number} tells several apart. */
    int scratch(int number, Kind kind) {
        return scratch.computeIfAbsent(new Slot(number, kind), wanted -> newSlot(kind));
    }

    /** The local of a place. */
    int slot(int position, Kind kind) {
        return slots.computeIfAbsent(new Slot(position, kind), wanted -> newSlot(kind));
    }

    /** What was just put onto the JVM's stack. */
    void push(Kind kind) {
        kinds.add(kind);
        live++;
    }

    /** The uppermost {@code count} are on the JVM's stack from here on. */
    void need(int count) {
        if (live >= count) {
            return;
        }
        flush();
        for (var i = kinds.size() - count; i < kinds.size(); i++) {
            load(i);
        }
        live = count;
    }

    /** The uppermost {@code count}, and nothing else, are on the JVM's stack from here on. */
    void only(int count) {
        if (live != count) {
            flush();
            need(count);
        }
    }

    /** Whoever called {@link #need} has used the uppermost {@code count}. */
    void popped(int count) {
        for (var i = 0; i < count; i++) {
            kinds.removeLast();
        }
        live -= count;
    }

    /** Everything is in its local from here on. */
    void flush() {
        for (var i = kinds.size() - 1; live > 0; i--, live--) {
            store(i);
        }
    }

    /** Whatever was loaded is gone with a return; another path goes on with the locals. */
    void inLocals() {
        live = 0;
    }

    /** As after a label: {@code below}, then {@code more}, all in locals. */
    void reset(List<Kind> below, List<Kind> more) {
        live = 0;
        kinds.clear();
        kinds.addAll(below);
        kinds.addAll(more);
    }

    /** Copies the uppermost {@code kinds}, all in locals, to positions from {@code to}. */
    void move(List<Kind> moved, int to) {
        var from = kinds.size() - moved.size();
        if (from == to) {
            return;
        }
        for (var i = 0; i < moved.size(); i++) {
            code.loadLocal(moved.get(i).jvm, slot(from + i, moved.get(i)));
        }
        for (var i = moved.size() - 1; i >= 0; i--) {
            code.storeLocal(moved.get(i).jvm, slot(to + i, moved.get(i)));
        }
    }

    void load(int position) {
        code.loadLocal(kinds.get(position).jvm, slot(position, kinds.get(position)));
    }

    private void store(int position) {
        code.storeLocal(kinds.get(position).jvm, slot(position, kinds.get(position)));
    }
}

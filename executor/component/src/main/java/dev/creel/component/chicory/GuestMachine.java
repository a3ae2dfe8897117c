package dev.creel.component.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import dev.creel.component.core.TrapException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one instance has beside Chicory's own: its compiled code, interpreters for the functions that are too large for a JVM
 * method, the functions of other instances that it holds references to, and which of its data segments it dropped. One
 * thread at a time.
 */
final class GuestMachine implements Machine {
    /** References from here on stand for functions of other instances, see {@link #borrow}; below are the instance's own. */
    static final int BORROWED = 1 << 30;

    private static final byte[] NOTHING = {};
    private final Instance instance;
    private final Machine compiled;
    private final BitSet interpreted;
    private final ArrayDeque<GuestInterpreter> idle = new ArrayDeque<>();
    private final List<Borrowed> borrowed = new ArrayList<>();
    private final Map<Borrowed, Integer> numbers = new HashMap<>();
    private final BitSet dropped = new BitSet();

    /** A function of another instance. */
    record Borrowed(Instance owner, int function) {}

    GuestMachine(Instance instance, LoadedClasses classes) {
        this.instance = instance;
        this.compiled = classes.loader().machine(instance);
        this.interpreted = classes.interpreted();
    }

    Instance instance() {
        return instance;
    }

    static GuestMachine of(Instance instance) {
        return (GuestMachine) instance.getMachine();
    }

    /** Null stands for no result, as Chicory has it. */
    @Override
    public long @Nullable [] call(int function, long[] args) {
        if (interpreted.get(function)) {
            return interpret(function, args);
        }
        return compiled.call(function, args);
    }

    /** Each entry has an interpreter of its own: calls from interpreted to compiled code and back must not share a stack. */
    private long @Nullable [] interpret(int function, long[] args) {
        var interpreter = idle.poll();
        if (interpreter == null) {
            interpreter = new GuestInterpreter(instance, interpreted);
        }
        var results = interpreter.call(function, args);
        // Only after success: an exception leaves things on its stack.
        idle.push(interpreter);
        return results;
    }

    /** A reference with which this instance can name another's function. */
    int borrow(Instance owner, int function) {
        return numbers.computeIfAbsent(new Borrowed(owner, function), wanted -> {
            borrowed.add(wanted);
            return BORROWED + borrowed.size() - 1;
        });
    }

    Borrowed borrowed(int reference) {
        var index = reference - BORROWED;
        if (index >= borrowed.size()) {
            throw new TrapException("a function reference of another instance");
        }
        return borrowed.get(index);
    }

    /** What {@code memory.init} may read: nothing of dropped and of active segments. */
    byte[] segment(int index) {
        var segment = instance.module().dataSection().getDataSegment(index);
        return dropped.get(index) || !(segment instanceof PassiveDataSegment) ? NOTHING : segment.data();
    }

    void drop(int segment) {
        dropped.set(segment);
    }
}

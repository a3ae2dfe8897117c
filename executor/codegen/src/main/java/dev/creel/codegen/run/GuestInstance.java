package dev.creel.codegen.run;

import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.GuestFlag;
import dev.creel.component.core.ValueKind;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An instance of a module, as generated code has it in its hands. One thread at a time. */
public final class GuestInstance {
    private static final byte[] NO_DATA = {};
    /** Bytes of frames that every instance may have without asking. */
    private static final int FRAMES_FREE = 256 << 10;
    /** Most bytes of frames of an instance: as much as a guest's stack. */
    private static final int FRAMES_MAX = 16 << 20;
    /** What is asked for at a time. */
    private static final int FRAMES_STEP = 256 << 10;

    /** How many fields {@link #i32Global0} and so on there are. */
    public static final int INT_GLOBALS = 4;

    /** How many fields {@link #i64Global0} and so on there are. */
    public static final int LONG_GLOBALS = 2;

    /** An i32 global that only this instance can see. */
    public int i32Global0;

    /** An i32 global that only this instance can see. */
    public int i32Global1;

    /** An i32 global that only this instance can see. */
    public int i32Global2;

    /** An i32 global that only this instance can see. */
    public int i32Global3;

    /** An i64 global that only this instance can see. */
    public long i64Global0;

    /** An i64 global that only this instance can see. */
    public long i64Global1;

    /** How many fields {@link #fresh0} and so on there are. */
    public static final int FRESH = 8;

    /** A local on its way into the cases of a switch. */
    public int fresh0;

    /** A local on its way into the cases of a switch. */
    public int fresh1;

    /** A local on its way into the cases of a switch. */
    public int fresh2;

    /** A local on its way into the cases of a switch. */
    public int fresh3;

    /** A local on its way into the cases of a switch. */
    public int fresh4;

    /** A local on its way into the cases of a switch. */
    public int fresh5;

    /** A local on its way into the cases of a switch. */
    public int fresh6;

    /** A local on its way into the cases of a switch. */
    public int fresh7;

    /** By index. The first is in {@link #memory}, too. */
    public final GuestMemory[] memories;

    /** By index. The first is in {@link #table}, too. */
    public final GuestTable[] tables;

    /** By index. */
    public final GuestGlobal[] globals;

    /** Exception tags, by index. */
    public final GuestTag[] tags;

    /** Imported functions, by index. */
    public final CoreFunction[] imports;

    /** Data segments; empty once dropped. */
    public final byte[][] data;

    /** Element segments; empty once dropped. */
    public final GuestElements[] elements;

    /** The second and further results of the call that has just returned, but funcrefs and exnrefs. */
    public final long[] results;

    /** The second and further results of the call that has just returned: funcrefs and exnrefs. */
    public final @Nullable Object[] referenceResults;

    /** Whether something is wanted of the guest. */
    public final GuestFlag flag;

    /** The first memory. */
    public @Nullable GuestMemory memory;

    /** The first table. */
    public @Nullable GuestTable table;

    /**
     * Bytes of the frames that cut functions have on the heap now. A function puts it back when it returns, the boundary when a
     * trap has ended some.
     */
    public int frames;

    /** The tail call that is on its way. */
    public final PendingCall pending = new PendingCall();

    private int framesReserved = FRAMES_FREE;
    private final CoreLimits limits;
    private final GuestProgram program;
    private final Map<Integer, GuestFunction> functions = new HashMap<>();

    /** An instance without content: whoever makes it fills the arrays. */
    public GuestInstance(
            GuestProgram program,
            CoreLimits limits,
            CoreFunction[] imports,
            int memories,
            int tables,
            int globals,
            int tags,
            int data,
            int elements) {
        this.program = program;
        this.limits = limits;
        this.flag = limits.flag();
        this.imports = imports;
        this.memories = new GuestMemory[memories];
        this.tables = new GuestTable[tables];
        this.globals = new GuestGlobal[globals];
        this.data = new byte[data][];
        this.elements = new GuestElements[elements];
        this.results = new long[program.resultsMax()];
        this.referenceResults = new Object[program.resultsMax()];
        this.tags = new GuestTag[tags];
    }

    /** Counts a frame in. Recursion may have them on the heap only as far as it might have them on the stack. */
    public void enter(int bytes) {
        frames += bytes;
        if (frames > framesReserved) {
            reserveFrames();
        }
    }

    private void reserveFrames() {
        while (framesReserved < frames) {
            if (frames > FRAMES_MAX || !limits.reserveMemory(FRAMES_STEP)) {
                throw new StackOverflowError();
            }
            framesReserved += FRAMES_STEP;
        }
    }

    /** Gives a global's field its first value. */
    public void begin(int field, GuestGlobal global) {
        if (global.type().value() == ValueKind.I32) {
            switch (field) {
                case 0 -> i32Global0 = global.i32;
                case 1 -> i32Global1 = global.i32;
                case 2 -> i32Global2 = global.i32;
                default -> i32Global3 = global.i32;
            }
        } else if (field == 0) {
            i64Global0 = global.i64;
        } else {
            i64Global1 = global.i64;
        }
    }

    GuestProgram program() {
        return program;
    }

    /** The function at {@code index}, the same object each time; an import of this engine is what was imported. */
    public GuestFunction function(int index) {
        if (index < imports.length && imports[index] instanceof GuestFunction imported) {
            return imported;
        }
        return functions.computeIfAbsent(index, wanted -> new GuestFunction(this, wanted));
    }

    /** {@code ref.func}. */
    public static GuestFunction function(int index, GuestInstance instance) {
        return instance.function(index);
    }

    /** {@code data.drop}. */
    public static void dropData(int segment, GuestInstance instance) {
        instance.data[segment] = NO_DATA;
    }

    /** {@code elem.drop}. */
    public static void dropElements(int segment, GuestInstance instance) {
        instance.elements[segment] = new GuestElements(new int[0], null, instance);
    }
}

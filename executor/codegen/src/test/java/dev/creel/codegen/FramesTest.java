package dev.creel.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.codegen.emit.SplitSizes;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.TrapException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Frames of cut functions are on the heap, where no stack bounds them. */
final class FramesTest {
    private static final long STACK = 512L << 20;
    private static final int DEEP = 1_000_000;

    /** Refuses memory from some point on. */
    private static final class Counted implements CoreLimits {
        private final long most;
        private long bytes;

        Counted(long most) {
            this.most = most;
        }

        @Override
        public boolean reserveMemory(long more) {
            if (bytes + more > most) {
                return false;
            }
            bytes += more;
            return true;
        }

        @Override
        public boolean reserveTable(long elements) {
            return true;
        }
    }

    private static CoreFunction down(CoreLimits limits) throws Exception {
        var engine = new CodegenEngine(new SplitSizes(0, 20, 20, 8, 3, 60, 0));
        return (CoreFunction) Guests.export(Guests.code(engine, "frames").instantiate(List.of(), limits), "down");
    }

    /** On a stack that is no limit. */
    private static <T> T deep(Callable<T> call) throws Exception {
        var task = new FutureTask<>(call);
        var thread = new Thread(null, task, "deep", STACK);
        thread.start();
        return task.get();
    }

    @Test
    void recursionMayHaveAsManyFramesOnTheHeapAsOnAStack() throws Exception {
        var limits = new Counted(1L << 40);
        var trap = deep(() -> {
            var down = down(limits);
            return assertThrows(TrapException.class, () -> down.call(DEEP));
        });
        assertEquals("call stack exhausted", trap.getMessage());
        assertTrue(limits.bytes <= 16 << 20, limits.bytes + " bytes");
    }

    @Test
    void framesCountAsMemoryOfTheGuest() throws Exception {
        var limits = new Counted(1 << 20);
        var trap = deep(() -> {
            var down = down(limits);
            return assertThrows(TrapException.class, () -> down.call(DEEP));
        });
        assertEquals("call stack exhausted", trap.getMessage());
        assertTrue(limits.bytes > 0, "nothing was asked for");
    }

    @Test
    void framesThatAreLeftDoNotCount() throws Exception {
        var down = down(new Counted(0));
        for (var i = 0; i < DEEP; i++) {
            assertEquals(3 * 3, down.call(2)[0], "call " + i);
        }
    }
}

package dev.creel.wasi.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;

/** A thread's memory outside of the heap for the arguments of one call: kept, so that no call allocates. */
final class Scratch {
    /** Most bytes that one read or write moves. */
    static final int BUFFER_BYTES = 64 << 10;

    private static final int PATH_BYTES = 4096;
    private static final int STATUS_BYTES = 256;
    private static final int TIMES_BYTES = 32;
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));
    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    /** Where a call leaves its error. */
    final MemorySegment state;

    final MemorySegment status;
    final MemorySegment times;
    final MemorySegment buffer;
    private final MemorySegment first;
    private final MemorySegment second;

    private Scratch() {
        var arena = Arena.ofAuto();
        state = arena.allocate(STATE);
        status = arena.allocate(STATUS_BYTES, Long.BYTES);
        times = arena.allocate(TIMES_BYTES, Long.BYTES);
        first = arena.allocate(PATH_BYTES);
        second = arena.allocate(PATH_BYTES);
        buffer = arena.allocate(BUFFER_BYTES, Long.BYTES);
    }

    /** That of the calling thread. */
    static Scratch ofThread() {
        return OF_THREAD.get();
    }

    /** The error of the last call. */
    int error() {
        return (int) ERRNO.get(state, 0L);
    }

    /** A call's first text. */
    MemorySegment first(String text) throws LinuxException {
        return put(first, text);
    }

    /** A call's second text. */
    MemorySegment second(String text) throws LinuxException {
        return put(second, text);
    }

    private static MemorySegment put(MemorySegment to, String text) throws LinuxException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= PATH_BYTES) {
            throw new LinuxException("a path", Errors.ENAMETOOLONG);
        }
        // A zero byte would end the text for the system before it ends for us.
        if (text.indexOf('\0') >= 0) {
            throw new LinuxException("a path", Errors.EINVAL);
        }
        MemorySegment.copy(bytes, 0, to, ValueLayout.JAVA_BYTE, 0, bytes.length);
        to.set(ValueLayout.JAVA_BYTE, bytes.length, (byte) 0);
        return to;
    }
}

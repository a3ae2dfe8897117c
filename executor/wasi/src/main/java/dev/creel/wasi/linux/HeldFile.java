package dev.creel.wasi.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** An open file. One thread at a time. */
public final class HeldFile implements AutoCloseable {
    private static final int SET_FLAGS = 4;
    private static final int APPEND = 0x400;

    private final int descriptor;
    private boolean appending;
    private boolean closed;

    HeldFile(int descriptor) {
        this.descriptor = descriptor;
    }

    /** What it is. */
    public FileStatus status() throws LinuxException {
        return HeldDirectory.status(descriptor(), "", HeldDirectory.EMPTY_PATH);
    }

    /** Reads up to {@code length} bytes, and at most 64 KiB, from {@code offset} of the file; 0 at and beyond its end. */
    public int read(byte[] into, int at, int length, long offset) throws LinuxException {
        var scratch = Scratch.ofThread();
        long count;
        do {
            count = Libc.readAt(
                    scratch.state, descriptor(), scratch.buffer, Math.min(length, Scratch.BUFFER_BYTES), offset);
        } while (count < 0 && scratch.error() == Errors.EINTR);
        check("reading", count, scratch);
        MemorySegment.copy(scratch.buffer, ValueLayout.JAVA_BYTE, 0, into, at, (int) count);
        return (int) count;
    }

    /** Writes up to {@code length} bytes, and at most 64 KiB, at {@code offset} of the file; says how many. */
    public int write(byte[] from, int at, int length, long offset) throws LinuxException {
        append(false);
        var scratch = Scratch.ofThread();
        int most = fill(scratch, from, at, length);
        long count;
        do {
            count = Libc.writeAt(scratch.state, descriptor(), scratch.buffer, most, offset);
        } while (count < 0 && scratch.error() == Errors.EINTR);
        return (int) check("writing", count, scratch);
    }

    /** Writes up to {@code length} bytes, and at most 64 KiB, at the end, wherever that is by then; says how many. */
    public int append(byte[] from, int at, int length) throws LinuxException {
        append(true);
        var scratch = Scratch.ofThread();
        int most = fill(scratch, from, at, length);
        long count;
        do {
            count = Libc.write(scratch.state, descriptor(), scratch.buffer, most);
        } while (count < 0 && scratch.error() == Errors.EINTR);
        return (int) check("appending", count, scratch);
    }

    /** Cuts it off, or fills it up with zeroes. */
    public void resize(long size) throws LinuxException {
        var scratch = Scratch.ofThread();
        check("resizing", Libc.truncate(scratch.state, descriptor(), size), scratch);
    }

    /** Returns when the disk has it; with {@code metadata} also what is known about it. */
    public void sync(boolean metadata) throws LinuxException {
        var scratch = Scratch.ofThread();
        check(
                "syncing",
                metadata ? Libc.sync(scratch.state, descriptor()) : Libc.syncData(scratch.state, descriptor()),
                scratch);
    }

    /** Sets its times. */
    public void setTimes(NewTime accessed, NewTime modified) throws LinuxException {
        HeldDirectory.setTimes(descriptor(), accessed, modified);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Libc.close(Scratch.ofThread().state, descriptor);
        }
    }

    /** Only the system can find the end and write there at once: told by a flag of the open file. */
    private void append(boolean on) throws LinuxException {
        if (appending != on) {
            var scratch = Scratch.ofThread();
            check("appending", Libc.control(scratch.state, descriptor(), SET_FLAGS, on ? APPEND : 0), scratch);
            appending = on;
        }
    }

    private static int fill(Scratch scratch, byte[] from, int at, int length) {
        int most = Math.min(length, Scratch.BUFFER_BYTES);
        MemorySegment.copy(from, at, scratch.buffer, ValueLayout.JAVA_BYTE, 0, most);
        return most;
    }

    static long check(String what, long result, Scratch scratch) throws LinuxException {
        if (result < 0) {
            throw new LinuxException(what, scratch.error());
        }
        return result;
    }

    /** Never used once it is closed: the number may be another one's by then. */
    private int descriptor() throws LinuxException {
        return open(descriptor, closed);
    }

    static int open(int descriptor, boolean closed) throws LinuxException {
        if (closed) {
            throw new LinuxException("using what is closed", Errors.EBADF);
        }
        return descriptor;
    }
}

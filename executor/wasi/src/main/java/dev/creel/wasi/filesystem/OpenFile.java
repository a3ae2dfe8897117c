package dev.creel.wasi.filesystem;

import dev.creel.wasi.linux.HeldFile;
import dev.creel.wasi.linux.LinuxException;
import dev.creel.wasi.linux.NewTime;
import java.util.Arrays;

/**
 * A regular file. Streams over it hold it open beyond the guest's handle, as the interface allows. Used by the guest's thread;
 * reading and writing a local file is not counted as waiting.
 */
public final class OpenFile extends Descriptor {
    /** Most bytes of one read; guests read on from there. */
    private static final int READ_MAX = 1 << 20;

    private final OpenFiles files;
    private final HeldFile held;
    private final Access access;
    private int holders = 1;
    private boolean dropped;

    /**
     * What a guest may do with a file.
     *
     * @param permitted whether its preopen lets files be changed
     * @param read whether it was opened for reading
     * @param write whether it was opened for writing
     */
    public record Access(boolean permitted, boolean read, boolean write) {}

    OpenFile(OpenFiles files, HeldFile held, Access access) {
        this.files = files;
        this.held = held;
        this.access = access;
        files.opened(this);
    }

    /** How it was opened. */
    public Access access() {
        return access;
    }

    @Override
    boolean writable() {
        return access.permitted;
    }

    @Override
    public OpenFile asFile() {
        return this;
    }

    @Override
    public FileStat stat() throws FileRefusedException {
        try {
            return FileStat.of(held.status());
        } catch (LinuxException e) {
            throw FileRefusedException.of(e);
        }
    }

    @Override
    public void setTimes(NewTime accessed, NewTime modified) throws FileRefusedException {
        mustBeWritable();
        try {
            held.setTimes(accessed, modified);
        } catch (LinuxException e) {
            throw FileRefusedException.of(e);
        }
    }

    @Override
    public void sync(boolean metadata) throws FileRefusedException {
        if (!access.write) {
            // Nothing was written through it.
            return;
        }
        try {
            held.sync(metadata);
        } catch (LinuxException e) {
            throw FileRefusedException.of(e);
        }
    }

    /** Up to {@code max} bytes from {@code offset} (both unsigned); empty at and beyond the end. */
    public byte[] read(long max, long offset) throws FileRefusedException {
        if (offset < 0) {
            throw ErrorCode.INVALID.refusal();
        }
        if (!access.read) {
            throw ErrorCode.BAD_DESCRIPTOR.refusal();
        }
        try {
            // The file's size, so that a guest that asks for much of a small file costs little.
            long left = Math.max(0, held.status().size() - offset);
            int want = (int) Math.min(left, max < 0 ? READ_MAX : Math.min(max, READ_MAX));
            var bytes = new byte[want];
            int count = 0;
            while (count < want) {
                int more = held.read(bytes, count, want - count, offset + count);
                if (more == 0) {
                    break;
                }
                count += more;
            }
            return count == want ? bytes : Arrays.copyOf(bytes, count);
        } catch (LinuxException e) {
            throw FileRefusedException.of(e);
        }
    }

    /** Writes all of {@code bytes} at {@code offset} (unsigned). */
    public void write(byte[] bytes, long offset) throws FileRefusedException {
        mustBeOpenForWriting();
        if (offset < 0 || offset + bytes.length < 0) {
            throw ErrorCode.FILE_TOO_LARGE.refusal();
        }
        try {
            for (int count = 0; count < bytes.length; ) {
                count += held.write(bytes, count, bytes.length - count, offset + count);
            }
        } catch (LinuxException e) {
            throw FileRefusedException.of(e);
        }
    }

    /** Writes all of {@code bytes} at the end. */
    public void append(byte[] bytes) throws FileRefusedException {
        mustBeOpenForWriting();
        try {
            for (int count = 0; count < bytes.length; ) {
                count += held.append(bytes, count, bytes.length - count);
            }
        } catch (LinuxException e) {
            throw FileRefusedException.of(e);
        }
    }

    /** Cuts it off, or fills it up with zeroes; {@code size} is unsigned. */
    public void resize(long size) throws FileRefusedException {
        mustBeOpenForWriting();
        if (size < 0) {
            throw ErrorCode.FILE_TOO_LARGE.refusal();
        }
        try {
            held.resize(size);
        } catch (LinuxException e) {
            throw FileRefusedException.of(e);
        }
    }

    /** A stream of what is there from {@code offset} on. */
    public FileInput input(long offset) throws FileRefusedException {
        if (offset < 0) {
            throw ErrorCode.INVALID.refusal();
        }
        if (!access.read) {
            throw ErrorCode.BAD_DESCRIPTOR.refusal();
        }
        holders++;
        return new FileInput(this, offset);
    }

    /** A stream that writes from {@code offset} on. */
    public FileOutput output(long offset) throws FileRefusedException {
        mustBeOpenForWriting();
        if (offset < 0) {
            throw ErrorCode.INVALID.refusal();
        }
        holders++;
        return FileOutput.at(this, offset);
    }

    /** A stream that writes at the end, wherever that is at each write. */
    public FileOutput appending() throws FileRefusedException {
        mustBeOpenForWriting();
        holders++;
        return FileOutput.atEnd(this);
    }

    @Override
    public void close() {
        if (!dropped) {
            dropped = true;
            release();
        }
    }

    /** One holder less. */
    void release() {
        if (--holders == 0) {
            files.closed(this);
            held.close();
        }
    }

    private void mustBeOpenForWriting() throws FileRefusedException {
        mustBeWritable();
        if (!access.write) {
            throw ErrorCode.BAD_DESCRIPTOR.refusal();
        }
    }
}

package dev.creel.wasi.filesystem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * A regular file. Streams over it hold it open beyond the guest's handle, as the interface allows. Used by the guest's thread;
 * reading a local file is not counted as waiting.
 */
public final class OpenFile extends Descriptor {
    /** Most bytes of one read; guests read on from there. */
    private static final int READ_MAX = 1 << 20;

    private final OpenFiles files;
    private final FileChannel channel;
    private final FileStat opened;
    private int holders = 1;
    private boolean dropped;

    OpenFile(OpenFiles files, FileChannel channel, FileStat opened) {
        this.files = files;
        this.channel = channel;
        this.opened = opened;
        files.opened(this);
    }

    @Override
    public OpenFile asFile() {
        return this;
    }

    @Override
    public FileStat stat() throws FileRefusedException {
        try {
            return new FileStat(
                    opened.kind(),
                    channel.size(),
                    opened.accessed(),
                    opened.modified(),
                    opened.changed(),
                    opened.identity());
        } catch (IOException e) {
            throw FileRefusedException.of(e);
        }
    }

    /** Up to {@code max} bytes from {@code offset} (both unsigned); empty at and beyond the end. */
    public byte[] read(long max, long offset) throws FileRefusedException {
        if (offset < 0) {
            throw ErrorCode.INVALID.refusal();
        }
        try {
            long left = Math.max(0, channel.size() - offset);
            int want = (int) Math.min(left, max < 0 ? READ_MAX : Math.min(max, READ_MAX));
            var bytes = new byte[want];
            int count = want == 0 ? 0 : Math.max(0, channel.read(ByteBuffer.wrap(bytes), offset));
            return count == want ? bytes : Arrays.copyOf(bytes, count);
        } catch (IOException e) {
            throw FileRefusedException.of(e);
        }
    }

    /** A stream from {@code offset} on. */
    public FileInput stream(long offset) throws FileRefusedException {
        if (offset < 0) {
            throw ErrorCode.INVALID.refusal();
        }
        holders++;
        return new FileInput(this, offset);
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
            Closing.quietly(channel);
        }
    }
}

package dev.creel.wasi.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The names in a directory, without {@code .} and {@code ..}, in the system's order. One thread at a time. */
public final class HeldEntries implements AutoCloseable {
    private static final int NAME_AT = 19;

    private final int descriptor;
    private final long device;
    private ByteBuffer read = ByteBuffer.allocate(0);
    private boolean closed;

    /**
     * A name.
     *
     * @param name empty if it is not UTF-8
     * @param type the type bits of a mode; 0 if this file system does not say
     * @param device of the directory
     * @param inode its number
     */
    public record Entry(Optional<String> name, int type, long device, long inode) {}

    HeldEntries(int descriptor, long device) {
        this.descriptor = descriptor;
        this.device = device;
    }

    /** The next one, or empty at the end. */
    public Optional<Entry> next() throws LinuxException {
        while (read.hasRemaining() || more()) {
            int at = read.position();
            read.position(at + (read.getShort(at + 16) & 0xFFFF));
            var bytes = name(at);
            if (!dots(bytes)) {
                // A kind is the upper four bits of a mode.
                int type = (read.get(at + 18) & 0xF) << 12;
                return Optional.of(new Entry(text(bytes), type, device, read.getLong(at)));
            }
        }
        return Optional.empty();
    }

    /** What {@code name} in this directory is. */
    public FileStatus status(String name) throws LinuxException {
        return HeldDirectory.status(descriptor(), name, HeldDirectory.NO_FOLLOW);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Libc.close(Scratch.ofThread().state, descriptor);
        }
    }

    private boolean more() throws LinuxException {
        var scratch = Scratch.ofThread();
        long count = HeldFile.check(
                "reading a directory",
                Libc.entries(scratch.state, descriptor(), scratch.buffer, Scratch.BUFFER_BYTES / 4),
                scratch);
        // Copied, because the thread's next call writes over it.
        var bytes = new byte[(int) count];
        MemorySegment.copy(scratch.buffer, ValueLayout.JAVA_BYTE, 0, bytes, 0, bytes.length);
        read = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        return count > 0;
    }

    private byte[] name(int at) {
        int end = at + NAME_AT;
        while (read.get(end) != 0) {
            end++;
        }
        var bytes = new byte[end - at - NAME_AT];
        read.get(at + NAME_AT, bytes);
        return bytes;
    }

    private static boolean dots(byte[] name) {
        return name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'));
    }

    private static Optional<String> text(byte[] name) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Never used once it is closed: the number may be another one's by then. */
    private int descriptor() throws LinuxException {
        return HeldFile.open(descriptor, closed);
    }
}

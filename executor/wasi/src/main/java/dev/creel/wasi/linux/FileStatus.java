package dev.creel.wasi.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Instant;

/**
 * What Linux says about a file.
 *
 * @param mode its type and permissions
 * @param links how many names it has
 * @param size in bytes
 * @param accessed last read
 * @param modified last written
 * @param changed last change of its metadata
 * @param device the file system's number
 * @param inode its number there
 */
public record FileStatus(
        int mode, long links, long size, Instant accessed, Instant modified, Instant changed, long device, long inode) {
    /** The bits of a mode that say the type. */
    public static final int TYPE = 0xF000;

    public static final int FIFO = 0x1000;
    public static final int CHARACTER_DEVICE = 0x2000;
    public static final int DIRECTORY = 0x4000;
    public static final int BLOCK_DEVICE = 0x6000;
    public static final int REGULAR_FILE = 0x8000;
    public static final int SYMBOLIC_LINK = 0xA000;
    public static final int SOCKET = 0xC000;

    /** Reads a {@code struct statx}. */
    static FileStatus of(MemorySegment statx) {
        return new FileStatus(
                statx.get(ValueLayout.JAVA_SHORT, 28) & 0xFFFF,
                statx.get(ValueLayout.JAVA_INT, 16) & 0xFFFF_FFFFL,
                statx.get(ValueLayout.JAVA_LONG, 40),
                time(statx, 64),
                time(statx, 112),
                time(statx, 96),
                ((long) statx.get(ValueLayout.JAVA_INT, 136) << 32)
                        | (statx.get(ValueLayout.JAVA_INT, 140) & 0xFFFF_FFFFL),
                statx.get(ValueLayout.JAVA_LONG, 32));
    }

    private static Instant time(MemorySegment statx, long at) {
        return Instant.ofEpochSecond(statx.get(ValueLayout.JAVA_LONG, at), statx.get(ValueLayout.JAVA_INT, at + 8));
    }
}

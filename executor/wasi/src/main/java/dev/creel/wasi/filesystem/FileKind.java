package dev.creel.wasi.filesystem;

import dev.creel.wasi.linux.FileStatus;

/** The {@code descriptor-type}, in the order of its WIT: the ordinal is the case. */
public enum FileKind {
    UNKNOWN,
    BLOCK_DEVICE,
    CHARACTER_DEVICE,
    DIRECTORY,
    FIFO,
    SYMBOLIC_LINK,
    REGULAR_FILE,
    SOCKET;

    /** Its case in WIT. */
    @SuppressWarnings("EnumOrdinal") // The order is that of the WIT; a test compares the two.
    public int index() {
        return ordinal();
    }

    /** That of the type bits of a mode. */
    static FileKind of(int mode) {
        return switch (mode & FileStatus.TYPE) {
            case FileStatus.BLOCK_DEVICE -> BLOCK_DEVICE;
            case FileStatus.CHARACTER_DEVICE -> CHARACTER_DEVICE;
            case FileStatus.DIRECTORY -> DIRECTORY;
            case FileStatus.FIFO -> FIFO;
            case FileStatus.SYMBOLIC_LINK -> SYMBOLIC_LINK;
            case FileStatus.REGULAR_FILE -> REGULAR_FILE;
            case FileStatus.SOCKET -> SOCKET;
            default -> UNKNOWN;
        };
    }
}

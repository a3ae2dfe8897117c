package dev.creel.wasi.filesystem;

import java.nio.file.attribute.BasicFileAttributes;

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

    /** Java does not tell devices, pipes and sockets apart; none of them can be opened here. */
    static FileKind of(BasicFileAttributes attributes) {
        if (attributes.isRegularFile()) {
            return REGULAR_FILE;
        }
        if (attributes.isDirectory()) {
            return DIRECTORY;
        }
        return attributes.isSymbolicLink() ? SYMBOLIC_LINK : UNKNOWN;
    }
}

package dev.creel.wasi.filesystem;

/**
 * How a guest wants something opened.
 *
 * @param directory only a directory will do
 * @param create make a file if nothing is there
 * @param exclusive fail if something is there
 * @param truncate cut the file off
 * @param read for reading
 * @param write for writing
 */
public record OpenHow(
        boolean directory, boolean create, boolean exclusive, boolean truncate, boolean read, boolean write) {
    /** Whether a file would be opened for writing, which its preopen must permit: making and cutting off are writing. */
    boolean writes() {
        return create || truncate || write;
    }

    /** Whether a file would be opened for reading: also where the guest says neither. */
    boolean reads() {
        return read || !write;
    }

    /** Whether nothing may be there yet. */
    boolean fresh() {
        return create && exclusive;
    }

    void check() throws FileRefusedException {
        if (directory && (create || exclusive || truncate)) {
            throw ErrorCode.INVALID.refusal();
        }
    }
}

package dev.creel.wasi.filesystem;

/** The resource {@code descriptor}: something open, for reading only. Used by the guest's thread. */
public abstract sealed class Descriptor implements Openable permits OpenFile, OpenDirectory {
    /** What there is to know about it. */
    public abstract FileStat stat() throws FileRefusedException;

    /** This, if it is a file. */
    public OpenFile asFile() throws FileRefusedException {
        throw ErrorCode.BAD_DESCRIPTOR.refusal();
    }

    /** This, if it is a directory. */
    public OpenDirectory asDirectory() throws FileRefusedException {
        throw ErrorCode.NOT_DIRECTORY.refusal();
    }
}

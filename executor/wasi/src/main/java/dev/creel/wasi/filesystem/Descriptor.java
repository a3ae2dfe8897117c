package dev.creel.wasi.filesystem;

import dev.creel.wasi.linux.NewTime;

/** The resource {@code descriptor}: something open. Used by the guest's thread. */
public abstract sealed class Descriptor implements Openable permits OpenFile, OpenDirectory {
    /** What there is to know about it. */
    public abstract FileStat stat() throws FileRefusedException;

    /** Sets its times. */
    public abstract void setTimes(NewTime accessed, NewTime modified) throws FileRefusedException;

    /** Returns when the disk has what was written; with {@code metadata} also what is known about it. */
    public abstract void sync(boolean metadata) throws FileRefusedException;

    /** Whether what is below a preopen may be changed at all. */
    abstract boolean writable();

    /** This, if it is a file. */
    public OpenFile asFile() throws FileRefusedException {
        throw ErrorCode.BAD_DESCRIPTOR.refusal();
    }

    /** This, if it is a directory. */
    public OpenDirectory asDirectory() throws FileRefusedException {
        throw ErrorCode.NOT_DIRECTORY.refusal();
    }

    final void mustBeWritable() throws FileRefusedException {
        if (!writable()) {
            throw ErrorCode.NOT_PERMITTED.refusal();
        }
    }
}

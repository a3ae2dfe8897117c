package dev.creel.wasi.filesystem;

/** Something that counts as open until it is closed. */
sealed interface Openable extends AutoCloseable permits Descriptor, EntryStream {
    /** Gives back what it holds of the host. Never fails; more than once does no harm. */
    @Override
    void close();
}

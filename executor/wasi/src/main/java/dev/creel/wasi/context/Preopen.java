package dev.creel.wasi.context;

import java.nio.file.Path;

/**
 * A directory of the host that a guest sees, with everything below it.
 *
 * @param guestPath the name the guest knows it by, e.g. {@code /}
 * @param directory where it is; symbolic links on the way to it are the host's own and are followed, those below it never
 *     lead out of it
 * @param writable whether the guest may change what is there; if not, whatever would change something answers {@code
 *     not-permitted}
 */
public record Preopen(String guestPath, Path directory, boolean writable) {
    /** A directory to read only. */
    public Preopen(String guestPath, Path directory) {
        this(guestPath, directory, false);
    }
}

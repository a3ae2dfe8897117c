package dev.creel.wasi.context;

import java.nio.file.Path;

/**
 * A directory of the host that a guest sees, with everything below it. Read-only: whatever would write answers {@code
 * not-permitted}.
 *
 * @param guestPath the name the guest knows it by, e.g. {@code /}
 * @param directory where it is; symbolic links on the way to it are the host's own and are followed, those below it never
 *     lead out of it
 */
public record Preopen(String guestPath, Path directory) {}

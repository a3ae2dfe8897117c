package dev.creel.wasi.io;

/**
 * The resource {@code error}: why a stream failed.
 *
 * @param debug for people
 * @param detail what an interface that knows more makes of it: a filesystem or HTTP error code, or null
 */
public record IoError(
        String debug, @org.jspecify.annotations.Nullable Object detail) {}

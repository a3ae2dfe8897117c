package dev.creel.wasi.preview1;

/** A function's failure on its way to the guest. Expected, so it carries no stack trace. */
final class ErrnoException extends Exception {
    private static final long serialVersionUID = 1L;
    private final Errno errno;

    ErrnoException(Errno errno) {
        super(errno.name(), null, false, false);
        this.errno = errno;
    }

    Errno errno() {
        return errno;
    }
}

package dev.creel.wasi.linux;

/** A call of the operating system failed. Expected, so it carries no stack trace. */
public final class LinuxException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int number;

    LinuxException(String call, int number) {
        super(call + " failed with error " + number, null, false, false);
        this.number = number;
    }

    /** The {@code errno}, as Linux numbers it; see {@link Errors}. */
    public int number() {
        return number;
    }
}

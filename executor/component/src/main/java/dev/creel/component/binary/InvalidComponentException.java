package dev.creel.component.binary;

/** Bytes that are no component that can run here. The message is for the developer who built them. */
public final class InvalidComponentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final long offset;

    /** Whose mistake it is. */
    public enum Kind {
        /** Not WebAssembly at all. */
        NOT_WASM,
        /** A core module where a component was expected. */
        CORE_MODULE,
        /** Does not follow the binary format: cut off, or garbled. */
        MALFORMED,
        /** Can be read, but breaks a rule of the component model, or holds a core module that breaks one of WebAssembly. */
        INVALID,
        /** Uses a feature that this version does not run. */
        UNSUPPORTED,
        /** Larger than {@link ComponentLimits} allow. */
        TOO_LARGE
    }

    InvalidComponentException(Kind kind, long offset, String message) {
        super(text(offset, message));
        this.kind = kind;
        this.offset = offset;
    }

    InvalidComponentException(Kind kind, long offset, String message, Throwable cause) {
        super(text(offset, message), cause);
        this.kind = kind;
        this.offset = offset;
    }

    private InvalidComponentException(String message, InvalidComponentException cause) {
        super(message, cause);
        this.kind = cause.kind;
        this.offset = cause.offset;
    }

    /** The same refusal of a part of the bytes; {@code where} begins the message, the offset stays that in the part. */
    static InvalidComponentException within(String where, InvalidComponentException cause) {
        return new InvalidComponentException(where + ": " + cause.getMessage(), cause);
    }

    private static String text(long offset, String message) {
        return message + " (at byte " + offset + ")";
    }

    /** What is wrong, for programs. */
    public Kind kind() {
        return kind;
    }

    /** Where in the bytes it was noticed, from 0. */
    public long offset() {
        return offset;
    }
}

package dev.creel.component.core;

import java.util.Locale;

/** A module that cannot run: malformed, invalid, or beyond what the engine can. The message is for the developer. */
public final class InvalidModuleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Whose mistake it is; messages begin with it. */
    public enum Kind {
        /** Does not follow the binary format. */
        MALFORMED,
        /** Can be read, but breaks a rule. */
        INVALID,
        /** Uses what the engine cannot run. */
        UNSUPPORTED,
        /** Larger than the engine takes. */
        TOO_LARGE;

        private String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Refuses with {@code message}: the engine cannot run it. */
    public InvalidModuleException(String message) {
        super(message);
        this.kind = Kind.UNSUPPORTED;
    }

    /** Refuses with {@code message}, with the engine's own exception below: the engine cannot run it. */
    public InvalidModuleException(String message, Throwable cause) {
        super(message, cause);
        this.kind = Kind.UNSUPPORTED;
    }

    /** Refuses with {@code message} behind the kind. */
    public InvalidModuleException(Kind kind, String message) {
        super(kind.text() + ": " + message);
        this.kind = kind;
    }

    /** Refuses with {@code message} behind the kind, with the engine's own exception below. */
    public InvalidModuleException(Kind kind, String message, Throwable cause) {
        super(kind.text() + ": " + message, cause);
        this.kind = kind;
    }

    /** Whose mistake it is, for programs. */
    public Kind kind() {
        return kind;
    }
}

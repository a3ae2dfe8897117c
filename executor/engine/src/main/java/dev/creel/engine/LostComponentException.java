package dev.creel.engine;

/** The derived form of a component is no longer where it was kept, or damaged: it has to be compiled again. */
public final class LostComponentException extends Exception {
    private static final long serialVersionUID = 1L;

    LostComponentException(String message) {
        super(message);
    }

    LostComponentException(String message, Throwable cause) {
        super(message, cause);
    }
}

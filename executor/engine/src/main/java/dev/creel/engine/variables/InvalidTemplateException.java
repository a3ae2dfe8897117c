package dev.creel.engine.variables;

/** A text with {@code {{ }}} in it that is no template, or that names a variable which the application does not have. */
public final class InvalidTemplateException extends Exception {
    private static final long serialVersionUID = 1L;

    /** {@code message} names the template and what is wrong with it. */
    public InvalidTemplateException(String message) {
        super(message);
    }
}

package dev.creel.chassis.config;

/** A configuration that cannot be used: one sentence that names the file, the key and the way out. Stops the start. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Refuses with {@code message}. */
    public ConfigException(String message) {
        super(message);
    }

    /** Refuses with {@code message}, because of {@code cause}. */
    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}

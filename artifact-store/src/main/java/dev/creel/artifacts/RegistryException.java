package dev.creel.artifacts;

/** A refusal of the store or the registry; the listener answers with it and does not log it. */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final RegistryError error;

    /** Refuses with one short sentence, which the {@code spin} client prints as it is. */
    public RegistryException(RegistryError error, String message) {
        super(message, null, false, false);
        this.error = error;
    }

    /** Which refusal. */
    public RegistryError error() {
        return error;
    }
}

package dev.creel.engine.outbound;

/** An entry of {@code allowed_outbound_hosts} that means nothing. */
public final class InvalidAllowedHostException extends Exception {
    private static final long serialVersionUID = 1L;

    /** {@code why} says what is wrong with {@code entry}. */
    public InvalidAllowedHostException(String entry, String why) {
        super("allowed_outbound_hosts entry \"" + entry + "\": " + why);
    }
}

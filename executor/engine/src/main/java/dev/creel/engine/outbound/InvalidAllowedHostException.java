package dev.creel.engine.outbound;

/** An entry of {@code allowed_outbound_hosts} that means nothing. */
public final class InvalidAllowedHostException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String why;

    /** {@code why} says what is wrong with {@code entry}. */
    public InvalidAllowedHostException(String entry, String why) {
        super("allowed_outbound_hosts entry \"" + entry + "\": " + why);
        this.why = why;
    }

    /** The same about the template that this entry came from: values of variables may be secret. */
    InvalidAllowedHostException from(String template) {
        return new InvalidAllowedHostException(template, "with its variables filled in: " + withoutQuotes());
    }

    private String withoutQuotes() {
        return why.replaceAll("\"[^\"]*\"", "it");
    }
}

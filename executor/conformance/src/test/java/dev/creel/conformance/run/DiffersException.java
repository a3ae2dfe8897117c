package dev.creel.conformance.run;

/** What came is not what the suite expects. */
public final class DiffersException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String expected;
    private final String got;

    /** Says both, as short as it is clear. */
    public DiffersException(String expected, String got) {
        super("expected " + expected + ", got " + got);
        this.expected = expected;
        this.got = got;
    }

    /** What the suite says. */
    public String expected() {
        return expected;
    }

    /** What came. */
    public String got() {
        return got;
    }
}

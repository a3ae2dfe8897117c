package dev.creel.conformance.run;

/** How a trial ended. */
public sealed interface Verdict {
    /** As the suite says. */
    record Passed() implements Verdict {}

    /** Otherwise. */
    record Failed(String expected, String got) implements Verdict {}

    /** Not as the suite says, and that is known. */
    record Skipped(String reason) implements Verdict {}
}

package dev.creel.conformance.run;

/**
 * A trial, or a script that is skipped as a whole, and how it ended.
 *
 * @param suite the suite's name
 * @param place where in the suite
 * @param what the command
 */
public record Played(String suite, String place, String what, Verdict verdict) {}

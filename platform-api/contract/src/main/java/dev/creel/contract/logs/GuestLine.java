package dev.creel.contract.logs;

import java.time.Instant;

/**
 * A line that a guest printed.
 *
 * @param time when the line ended; unique and growing within an application, so that a reader can go on after it
 * @param component which component of the application
 * @param source where to
 * @param text without the line end; cut to the configured length
 */
public record GuestLine(Instant time, String component, Source source, String text) {
    /** Which stream of the guest. */
    public enum Source {
        STDOUT,
        STDERR
    }
}

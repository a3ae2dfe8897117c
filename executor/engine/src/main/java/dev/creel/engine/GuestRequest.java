package dev.creel.engine;

import dev.creel.wasi.http.HttpIncoming;
import dev.creel.wasi.http.ResponseSink;

/**
 * One request for one run.
 *
 * @param incoming what the guest sees
 * @param sink where its answer goes; hears nothing if the guest never answers
 * @param stop by which others end the run
 * @param deadlineNanos when the run must be over, as {@link System#nanoTime} tells time
 */
public record GuestRequest(HttpIncoming incoming, ResponseSink sink, GuestStop stop, long deadlineNanos) {}

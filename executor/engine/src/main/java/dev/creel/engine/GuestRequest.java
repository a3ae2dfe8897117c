package dev.creel.engine;

import dev.creel.wasi.http.HttpIncoming;
import dev.creel.wasi.http.ResponseSink;
import java.util.Optional;

/**
 * One request for one run.
 *
 * @param incoming what the guest sees
 * @param sink where its answer goes; hears nothing if the guest never answers
 * @param stop by which others end the run
 * @param deadlineNanos when the run must be over, as {@link System#nanoTime} tells time
 * @param cgi how a command is asked; if empty, the component's handler is
 */
public record GuestRequest(
        HttpIncoming incoming, ResponseSink sink, GuestStop stop, long deadlineNanos, Optional<CgiCall> cgi) {}

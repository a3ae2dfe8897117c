package dev.creel.host.app;

import dev.creel.engine.GuestStop;
import dev.creel.wasi.http.HttpIncoming;

/**
 * A request to a component of an application.
 *
 * @param app which application
 * @param component which of its components
 * @param incoming what the guest sees, {@code spin-*} headers included
 * @param caller where the answer goes
 * @param stop by which the caller ends it
 * @param deadlineNanos when it must be over, as {@link System#nanoTime} tells time
 * @param depth how many components have called each other to get here; 0 from outside
 */
public record Invocation(
        RunningApp app,
        HostedComponent component,
        HttpIncoming incoming,
        Caller caller,
        GuestStop stop,
        long deadlineNanos,
        int depth) {}

package dev.creel.host.app;

import dev.creel.engine.GuestOutcome;
import dev.creel.wasi.http.ResponseSink;

/** Whoever waits for the answer of a guest. Called by the guest's thread. */
public interface Caller extends ResponseSink {
    /** The guest is over. Called once, last; if there was no response by then, there will be none. */
    void over(GuestOutcome outcome);
}

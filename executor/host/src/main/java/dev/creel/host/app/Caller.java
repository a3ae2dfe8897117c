package dev.creel.host.app;

import dev.creel.engine.GuestOutcome;
import dev.creel.wasi.http.ResponseSink;

/** Whoever waits for the answer of a guest. Called by the guest's thread. */
public interface Caller extends ResponseSink {
    /** The guest is over. Called once, last; if there was no response by then, there will be none. */
    void over(GuestOutcome outcome);

    /** The status that tells a client of a guest that ended so without having answered. */
    static int status(GuestOutcome outcome) {
        return switch (outcome) {
            case GuestOutcome.OutOfTime ignored -> 504;
            case GuestOutcome.OutOfCpu ignored -> 504;
            case GuestOutcome.NodeFull ignored -> 503;
            case GuestOutcome.NotLoaded ignored -> 503;
            case GuestOutcome.Abandoned ignored -> 503;
            case GuestOutcome.RequestTooLarge ignored -> 413;
            case GuestOutcome.MethodNotAllowed ignored -> 405;
            case GuestOutcome.ResponseTooLarge ignored -> 500;
            case GuestOutcome.Responded ignored -> 500;
            case GuestOutcome.AnsweredError ignored -> 500;
            case GuestOutcome.NoResponse ignored -> 500;
            case GuestOutcome.Trapped ignored -> 500;
            case GuestOutcome.OutOfMemory ignored -> 500;
            case GuestOutcome.Exited ignored -> 500;
            case GuestOutcome.BadOutput ignored -> 500;
        };
    }
}

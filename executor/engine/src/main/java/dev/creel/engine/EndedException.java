package dev.creel.engine;

/** A run is over with this outcome, found by the host around the guest. */
final class EndedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient GuestOutcome outcome;

    EndedException(GuestOutcome outcome) {
        super(outcome.sentence(), null, false, false);
        this.outcome = outcome;
    }

    GuestOutcome outcome() {
        return outcome;
    }
}

package dev.creel.component.chicory;

/**
 * Carries what a host function threw through the frames of guests, so that the boundary can tell it from a trap and hand it
 * on unchanged. Guests cannot catch it: they catch only Chicory's own exception class.
 */
final class HostUnwinding extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Throwable thrown;

    HostUnwinding(Throwable thrown) {
        super(null, null, false, false);
        this.thrown = thrown;
    }

    Throwable thrown() {
        return thrown;
    }
}

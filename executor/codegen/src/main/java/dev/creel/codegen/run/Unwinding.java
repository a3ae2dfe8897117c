package dev.creel.codegen.run;

/** Carries what a host function threw through the frames of guests, so that the boundary hands it on unchanged. */
final class Unwinding extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Throwable thrown;

    Unwinding(Throwable thrown) {
        super(null, null, false, false);
        this.thrown = thrown;
    }

    Throwable thrown() {
        return thrown;
    }
}

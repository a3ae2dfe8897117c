package dev.creel.contract;

import org.jspecify.annotations.Nullable;

/** Carries a {@link Problem} to the listener, which answers with it. Not logged as an error unless it is ours. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Problem problem;

    /** Refuses with {@code detail}. */
    public ProblemException(ProblemCode code, String detail) {
        this(code, detail, null);
    }

    /** Refuses with {@code detail}, because of {@code cause}. */
    public ProblemException(ProblemCode code, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.problem = new Problem(code, detail);
    }

    /** What was refused and why. */
    public Problem problem() {
        return problem;
    }
}

package dev.creel.contract;

/** Why something was refused, and whose fault it is. Each code has the HTTP status that a listener answers with. */
public enum ProblemCode {
    /** The request is malformed or breaks a rule (caller). */
    INVALID(400),
    /** No or unknown credentials (caller). */
    UNAUTHENTICATED(401),
    /** Known, but may not (caller). */
    FORBIDDEN(403),
    /** No such thing (caller). */
    NOT_FOUND(404),
    /** Clashes with what is there (caller). */
    CONFLICT(409),
    /** Larger than a limit (tenant limit). */
    TOO_LARGE(413),
    /** An application that this platform cannot run as it is (caller). */
    UNPROCESSABLE(422),
    /** More than a limit at once (tenant limit). */
    TOO_MANY(429),
    /** Ours. */
    INTERNAL(500),
    /** A part of an API that this platform does not have (caller). */
    NOT_OFFERED(501),
    /** Something that we need is away (dependency). */
    UNAVAILABLE(503),
    /** Something that we need did not answer in time (dependency). */
    TIMEOUT(504);

    private final int status;

    ProblemCode(int status) {
        this.status = status;
    }

    /** The HTTP status of an answer with this code. */
    public int status() {
        return status;
    }
}

package dev.creel.contract;

/**
 * A refusal as a value. The detail is the only text that a user of the {@code spin} client sees (reference
 * spin-deploy §3.4): one complete sentence that names the thing and the way out.
 *
 * @param code whose fault, and the HTTP status
 * @param detail one sentence for a person
 */
public record Problem(ProblemCode code, String detail) {
    public Problem {
        if (detail.isBlank()) {
            throw new IllegalArgumentException("a problem needs a detail");
        }
    }
}

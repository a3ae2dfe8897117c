package dev.creel.engine;

import dev.creel.contract.ByteSize;
import java.time.Duration;

/** How a run ended. Whether a response had started by then, the sink of the response knows. */
public sealed interface GuestOutcome {
    /** The guest answered and returned. */
    record Responded() implements GuestOutcome {}

    /** The guest answered with an error code instead of a response. */
    record AnsweredError(String code) implements GuestOutcome {}

    /** It returned without an answer. */
    record NoResponse() implements GuestOutcome {}

    /** It broke a rule of WebAssembly or of an interface. */
    record Trapped(String reason) implements GuestOutcome {}

    /** It was stopped by its deadline. */
    record OutOfTime(Duration limit) implements GuestOutcome {}

    /** It was stopped because it had used its processor time. */
    record OutOfCpu(Duration limit) implements GuestOutcome {}

    /** It ended because it got no more memory. */
    record OutOfMemory(ByteSize limit) implements GuestOutcome {}

    /** All guests of this process together have taken what memory there is. */
    record NodeFull() implements GuestOutcome {}

    /** Its code could not be loaded; the guest did not run. */
    record NotLoaded(String why) implements GuestOutcome {}

    /** It left by {@code wasi:cli/exit}. */
    record Exited(int code) implements GuestOutcome {}

    /** It printed something that is no CGI response. Whether the client was told, the sink knows. */
    record BadOutput(String why) implements GuestOutcome {}

    /** The request's body is larger than it may be, or than what is kept for a guest that wants all of it at once and did not run. */
    record RequestTooLarge(ByteSize limit) implements GuestOutcome {}

    /** It wrote, or announced, a larger response than it may. What was on its way was cut off. */
    record ResponseTooLarge(ByteSize limit) implements GuestOutcome {}

    /** The guest cannot be asked with this method; it did not run. */
    record MethodNotAllowed(String method) implements GuestOutcome {}

    /** It was stopped because nobody waits for its answer any more. */
    record Abandoned() implements GuestOutcome {}

    /** Whether this is how a guest should end. */
    default boolean good() {
        return this instanceof Responded;
    }

    /** One sentence for the developer's log. */
    default String sentence() {
        return switch (this) {
            case Responded ignored -> "the guest answered";
            case AnsweredError(var code) -> "the guest answered with the error " + code;
            case NoResponse ignored -> "the guest returned without setting a response";
            case Trapped(var reason) -> "the guest trapped: " + reason;
            case OutOfTime(var limit) -> "the guest was stopped after its limit of " + seconds(limit);
            case OutOfCpu(var limit) ->
                "the guest was stopped after its limit of " + seconds(limit) + " of processor time";
            case OutOfMemory(var limit) -> "the guest ended at its memory limit of " + limit;
            case NodeFull ignored -> "the executor has no memory left for another guest";
            case NotLoaded(var why) -> "the guest could not be loaded: " + why;
            case Exited(int code) -> "the guest exited with code " + code;
            case BadOutput(var why) -> "the guest printed no CGI response: " + why;
            case RequestTooLarge(var limit) -> "the request's body is larger than its limit of " + limit;
            case ResponseTooLarge(var limit) -> "the response was cut off at its limit of " + limit;
            case MethodNotAllowed(var method) -> "the guest's interface knows no method " + method;
            case Abandoned ignored -> "the guest was stopped because its client has gone";
        };
    }

    private static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}

package dev.creel.contract.numbers;

import java.util.Locale;

/**
 * What is counted of each application on a node, and of all together. Counts only grow, from 0 when the node starts; of an application
 * that has had no traffic for long they begin again.
 */
public enum Counted {
    /** From outside, refused ones included. */
    REQUESTS(Kind.PLAIN),
    /** That have ended, those that other components asked for included. */
    RUNS(Kind.PLAIN),
    /** Runs that answered and returned. */
    OK(Kind.OUTCOME),
    /** Runs that ended without an answer, with an error, or by an exit code. */
    FAILED(Kind.OUTCOME),
    /** Runs that broke a rule. */
    TRAPPED(Kind.OUTCOME),
    /** Runs that were stopped at their deadline. */
    OUT_OF_TIME(Kind.OUTCOME),
    /** Runs that were stopped because they had used their processor time. */
    OUT_OF_CPU(Kind.OUTCOME),
    /** Runs that ended at their limit of memory. */
    OUT_OF_MEMORY(Kind.OUTCOME),
    /** Runs that ended because all guests of the node have taken what memory there is. */
    NODE_FULL(Kind.OUTCOME),
    /** Runs that ended because the request was larger than its limit. */
    REQUEST_TOO_LARGE(Kind.OUTCOME),
    /** Runs whose response was cut off at its limit. */
    RESPONSE_TOO_LARGE(Kind.OUTCOME),
    /** Runs that were stopped because nobody waited any more. */
    ABANDONED(Kind.OUTCOME),
    /** Requests refused because the application has as many under way as it may. */
    APP_REQUESTS(Kind.REFUSAL),
    /** Requests refused because its tenant has. */
    TENANT_REQUESTS(Kind.REFUSAL),
    /** Requests refused because lanes and queue are full, or the tenant's share of them. */
    QUEUE(Kind.REFUSAL),
    /** Requests refused because the application traps too often. */
    TRAPS(Kind.REFUSAL),
    /** Requests refused because they announced more bytes than a request may have. */
    REQUEST_BYTES(Kind.REFUSAL),
    /** Time of runs from their beginning to their end, in nanoseconds. */
    WALL_NANOS(Kind.PLAIN),
    /** Processor time of runs, in nanoseconds. */
    CPU_NANOS(Kind.PLAIN),
    /** Bytes of request bodies that guests have read. */
    BYTES_IN(Kind.PLAIN),
    /** Bytes of response bodies that guests have written. */
    BYTES_OUT(Kind.PLAIN),
    /** Bytes that were printed and kept. */
    LOG_BYTES(Kind.PLAIN),
    /** Bytes that were printed and dropped, because there were too many. */
    LOG_BYTES_DROPPED(Kind.PLAIN);

    /** What several of these have in common. */
    public enum Kind {
        /** Nothing. */
        PLAIN,
        /** How a run ended; each run counts once. */
        OUTCOME,
        /** The limit by which a request was refused before a guest ran. */
        REFUSAL
    }

    private final Kind kind;

    Counted(Kind kind) {
        this.kind = kind;
    }

    /** What it has in common with others. */
    public Kind kind() {
        return kind;
    }

    /** Its name in documents: lower case, with underscores. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

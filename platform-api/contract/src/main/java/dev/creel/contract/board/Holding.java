package dev.creel.contract.board;

/** How far a node is with a revision that was placed there. */
public sealed interface Holding {
    /** Pulling or compiling. */
    record Preparing() implements Holding {}

    /** Can answer requests now. */
    record Ready() implements Holding {}

    /**
     * Will never run here as it is.
     *
     * @param reason one sentence for the developer
     */
    record Refused(String reason) implements Holding {}
}

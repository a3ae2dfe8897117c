package dev.creel.contract.board;

import java.util.Optional;

/** How far a node is with a revision that was placed there. */
public sealed interface Holding {
    /**
     * Pulling or compiling.
     *
     * @param progress how far it is, in a few words, if it takes long
     */
    record Preparing(Optional<String> progress) implements Holding {
        /** Without anything to say. */
        public Preparing() {
            this(Optional.empty());
        }
    }

    /**
     * Can answer requests now.
     *
     * @param note one sentence that the developer should know of how it runs, if there is one
     */
    record Ready(Optional<String> note) implements Holding {
        /** Without anything to say. */
        public Ready() {
            this(Optional.empty());
        }
    }

    /**
     * Will never run here as it is.
     *
     * @param reason one sentence for the developer
     */
    record Refused(String reason) implements Holding {}
}

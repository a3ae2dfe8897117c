package dev.creel.contract.board;

import java.time.Duration;

/**
 * One shelf of the board: its one writer publishes whole images, any number of readers follow. Thread-safe.
 *
 * @param <T> an immutable value
 */
public interface Shelf<T> {
    /** The newest image. Never blocks on the network: a reader that lost the board still has its last good image. */
    Image<T> current();

    /** Replaces the content. Only the shelf's writer calls this; publishing an equal value changes nothing. */
    void publish(T value);

    /**
     * Blocks until there is an image newer than {@code version} or {@code atMost} is over, and returns the newest
     * either way. Call it from a thread that may wait.
     */
    Image<T> awaitNewer(long version, Duration atMost) throws InterruptedException;
}

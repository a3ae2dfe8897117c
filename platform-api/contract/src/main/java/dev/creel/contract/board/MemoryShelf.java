package dev.creel.contract.board;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A shelf within one process. The lock guards only the replacement of the image; readers of {@link #current} take none. */
public final class MemoryShelf<T> implements Shelf<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition newer = lock.newCondition();
    private volatile Image<T> image;

    /** A shelf that holds {@code initial} with version 0. */
    public MemoryShelf(T initial) {
        this.image = new Image<>(0, initial);
    }

    @Override
    public Image<T> current() {
        return image;
    }

    @Override
    public void publish(T value) {
        update(ignored -> value);
    }

    /** Replaces the content by what {@code change} makes of it, atomically. */
    void update(java.util.function.UnaryOperator<T> change) {
        lock.lock();
        try {
            var value = change.apply(image.value());
            if (!value.equals(image.value())) {
                image = new Image<>(image.version() + 1, value);
                newer.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Image<T> awaitNewer(long version, Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (image.version() <= version && left > 0) {
                left = newer.awaitNanos(left);
            }
            return image;
        } finally {
            lock.unlock();
        }
    }
}

package dev.creel.wasi.io;

import dev.creel.component.host.Store;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What one store's guest sleeps on. Everything that a guest can wait for — a byte, room in a pipe, an answer — calls {@link
 * #signal} after any change, from any thread; the guest's thread sleeps in {@link #until} and looks again. One lock for each
 * store, so that waiting for a thousand pollables costs no thread and no registration.
 */
public final class Wakeup {
    private final Object lock = new Object();
    private long changes;

    /** Something changed. Any thread; never blocks. */
    public void signal() {
        synchronized (lock) {
            changes++;
            lock.notifyAll();
        }
    }

    /**
     * Sleeps until {@code condition} holds or {@code atMost} is over (null: for ever). Only the guest's thread calls this. The
     * guest does not count as running meanwhile ({@link Store.Waits}).
     *
     * @return whether the condition holds
     * @throws dev.creel.component.core.InterruptedGuestException if the thread is interrupted
     */
    public boolean until(Store store, BooleanSupplier condition, @org.jspecify.annotations.Nullable Duration atMost) {
        if (condition.getAsBoolean()) {
            return true;
        }
        try {
            return store.waits().during(() -> sleep(condition, atMost));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new dev.creel.component.core.InterruptedGuestException();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("waiting for a guest's input", e);
        }
    }

    private boolean sleep(BooleanSupplier condition, @org.jspecify.annotations.Nullable Duration atMost)
            throws InterruptedException {
        long deadline = atMost == null ? 0 : System.nanoTime() + atMost.toNanos();
        while (true) {
            long seen;
            synchronized (lock) {
                seen = changes;
            }
            // Outside the lock: a condition may take other locks, and those holders may be about to signal.
            if (condition.getAsBoolean()) {
                return true;
            }
            synchronized (lock) {
                while (changes == seen) {
                    if (atMost == null) {
                        lock.wait();
                    } else {
                        long left = deadline - System.nanoTime();
                        if (left <= 0) {
                            return false;
                        }
                        lock.wait(left / 1_000_000, (int) (left % 1_000_000));
                    }
                }
            }
        }
    }
}

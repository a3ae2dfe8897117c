package dev.creel.chassis.lifecycle;

import java.util.ArrayDeque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has been started so far, to be closed in the reverse order: on shutdown, or when a later step of the start fails.
 * One part that fails to close is logged and does not keep the others open. Thread-safe; closing twice closes once.
 */
public final class Closing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private record Part(String name, AutoCloseable resource) {}

    private final ArrayDeque<Part> parts = new ArrayDeque<>();

    /** Remembers {@code resource} and returns it; {@code name} is for the log. */
    public synchronized <T extends AutoCloseable> T add(String name, T resource) {
        parts.push(new Part(name, resource));
        return resource;
    }

    /** Closes everything, the newest first. Blocks as long as the parts do. */
    @Override
    public void close() {
        while (true) {
            Part next;
            synchronized (this) {
                next = parts.poll();
            }
            if (next == null) {
                return;
            }
            close(next);
        }
    }

    private static void close(Part part) {
        try {
            part.resource().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("Interrupted while closing {}", part.name());
        } catch (Exception e) {
            LOG.warn("Closing {} failed", part.name(), e);
        }
    }
}

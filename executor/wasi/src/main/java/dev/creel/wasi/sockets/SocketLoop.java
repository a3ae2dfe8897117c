package dev.creel.wasi.sockets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * The one thread of the process that watches the sockets of all guests: it tells a socket, once for each time that it asked, that
 * the system would take or give bytes. It begins with the first socket that waits for anything. Thread-safe.
 */
final class SocketLoop {
    private static final long CLOSE_SECONDS_MAX = 1;

    private final Selector selector;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    private static final class Shared {
        static final SocketLoop LOOP = new SocketLoop();
    }

    private SocketLoop() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("opening a selector for guests' sockets", e);
        }
        Thread.ofPlatform().name("creel-sockets").daemon().start(this::run);
    }

    /** That of the process. */
    static SocketLoop shared() {
        return Shared.LOOP;
    }

    /** One socket under watch. */
    final class Watch {
        private final SelectableChannel channel;
        private final SelectionKey key;

        private Watch(SelectableChannel channel, IntConsumer ready) throws IOException {
            this.channel = channel;
            this.key = channel.register(selector, 0, ready);
        }

        /** Has the action run once when one of {@code operations} is possible. Any thread. */
        void want(int operations) {
            try {
                key.interestOpsOr(operations);
                selector.wakeup();
            } catch (CancelledKeyException e) {
                // Closed meanwhile: whoever waits for it finds that out.
            }
        }

        /** Closes the socket, and returns when its address is free again. */
        void close() {
            var closed = new CountDownLatch(1);
            tasks.add(() -> {
                try {
                    channel.close();
                    // A channel under watch lets go of its address only after this.
                    selector.selectNow(SocketLoop::tell);
                } catch (IOException e) {
                    // Closed as far as it goes.
                } finally {
                    closed.countDown();
                }
            });
            selector.wakeup();
            try {
                var ignored = closed.await(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Watches {@code channel}; {@code ready} is told which operations are possible, on the loop's thread. */
    Watch watch(SelectableChannel channel, IntConsumer ready) throws IOException {
        return new Watch(channel, ready);
    }

    private void run() {
        while (true) {
            try {
                selector.select(SocketLoop::tell);
            } catch (IOException e) {
                throw new UncheckedIOException("watching guests' sockets", e);
            }
            for (var task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        }
    }

    private static void tell(SelectionKey key) {
        try {
            int ready = key.readyOps();
            key.interestOpsAnd(~ready);
            ((IntConsumer) key.attachment()).accept(ready);
        } catch (CancelledKeyException e) {
            // Closed meanwhile.
        }
    }
}

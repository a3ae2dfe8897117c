package dev.creel.host.body;

import dev.creel.wasi.http.BodySink;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/**
 * Carries a stream of the network into a pipe, whose other end a guest reads, and pauses the network while the pipe is full. If the
 * guest closes its end, the rest is read and dropped. Lives on the stream's event loop.
 */
public final class Inflow {
    private final ReadStream<Buffer> stream;
    private final Context context;
    private final BodySink pipe;
    private volatile boolean paused;
    private long lastNanos = System.nanoTime();

    private Inflow(ReadStream<Buffer> stream, Context context, BodySink pipe) {
        this.stream = stream;
        this.context = context;
        this.pipe = pipe;
    }

    /** Begins. Call it on the stream's event loop; the caller sets end and exception handlers itself. */
    public static Inflow start(ReadStream<Buffer> stream, Context context, BodySink pipe) {
        var flow = new Inflow(stream, context, pipe);
        pipe.onChange(flow::roomMayHaveCome);
        stream.handler(flow::take);
        return flow;
    }

    /** How long the peer has sent nothing, in nanoseconds; 0 while the guest is what all wait for. */
    public long silentNanos() {
        return paused ? 0 : System.nanoTime() - lastNanos;
    }

    private void take(Buffer buffer) {
        lastNanos = System.nanoTime();
        pipe.write(buffer.getBytes());
        if (pipe.room() == 0) {
            paused = true;
            stream.pause();
            // The guest may have read everything between the two lines above and seen no pause.
            roomMayHaveCome();
        }
    }

    /** Any thread. */
    private void roomMayHaveCome() {
        if (paused && pipe.room() != 0) {
            context.runOnContext(ignored -> {
                if (paused && pipe.room() != 0) {
                    paused = false;
                    lastNanos = System.nanoTime();
                    stream.resume();
                }
            });
        }
    }
}

package dev.creel.host.body;

import dev.creel.wasi.http.BodySource;
import dev.creel.wasi.http.Header;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Carries what a guest wrote from a pipe to the network as fast as the peer takes it. A message that is complete by the time its
 * first bytes leave goes out in one piece. Runs on the target's event loop; {@link #start} may be called from any thread.
 */
public final class Outflow {
    private static final int CHUNK_BYTES = 64 << 10;

    /** How often the head waits for one more turn of the event loop, in case that the guest is just writing its body. */
    private static final int PATIENCE_TURNS = 2;

    /** Where it goes. All calls on the event loop. */
    public interface Target {
        /** Whether to wait for {@link #onRoom}. */
        boolean full();

        /** Has {@code action} run when it is no longer full. */
        void onRoom(Runnable action);

        /** Sends the head now. Called at most once, and not if another call came first. */
        void begin();

        /** Sends bytes, after the head if that is not out yet. */
        void write(Buffer bytes);

        /** Sends the last bytes, if any, and ends the message in order. */
        void end(@Nullable Buffer last, Optional<List<Header>> trailers);

        /** Breaks the message off, so that the peer sees that it is incomplete. */
        void cut();
    }

    private final BodySource source;
    private final Context context;
    private final Target target;
    /** Whether a turn is queued on the event loop; keeps one change from queueing many. */
    private final AtomicBoolean queued = new AtomicBoolean();

    private int patience = PATIENCE_TURNS;
    private boolean begun;
    private boolean over;

    private Outflow(BodySource source, Context context, Target target) {
        this.source = source;
        this.context = context;
        this.target = target;
    }

    /** Begins to carry. */
    public static void start(BodySource source, Context context, Target target) {
        var flow = new Outflow(source, context, target);
        source.onChange(flow::queueTurn);
        context.runOnContext(ignored -> {
            target.onRoom(flow::turn);
            flow.turn();
        });
    }

    private void queueTurn() {
        if (queued.compareAndSet(false, true)) {
            context.runOnContext(ignored -> {
                queued.set(false);
                turn();
            });
        }
    }

    private void turn() {
        Buffer held = null;
        while (!over) {
            if (target.full()) {
                flush(held);
                return;
            }
            switch (source.poll(CHUNK_BYTES)) {
                case BodySource.Chunk.Bytes(var bytes) -> {
                    flush(held);
                    held = Buffer.buffer(bytes);
                }
                case BodySource.Chunk.Empty ignored -> {
                    rest(held);
                    return;
                }
                case BodySource.Chunk.End(var trailers) -> {
                    over = true;
                    target.end(held, trailers);
                }
                case BodySource.Chunk.Broken ignored -> {
                    over = true;
                    flush(held);
                    target.cut();
                }
            }
        }
    }

    /** The guest has written no more for now. */
    private void rest(@Nullable Buffer held) {
        if (held != null) {
            flush(held);
        } else if (!begun) {
            if (patience-- > 0) {
                queueTurn();
            } else {
                begun = true;
                target.begin();
            }
        }
    }

    private void flush(@Nullable Buffer held) {
        if (held != null) {
            begun = true;
            target.write(held);
        }
    }
}

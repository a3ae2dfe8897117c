package dev.creel.wasi.http;

import java.util.List;
import java.util.Optional;

/**
 * Bytes of a message that flow away from a guest (response body, or request body of an outgoing request). The guest's thread
 * writes; the host drains on its own threads and has {@code changed} run when room appears or the peer goes away.
 */
public interface BodySink {
    /** How many bytes may be written now; 0 while full; -1 if nobody reads any more. Never blocks. */
    long room();

    /** Takes bytes, at most {@link #room}. The array is the sink's from now on. Never blocks. */
    void write(byte[] bytes);

    /** Whether everything written so far has left towards the peer. */
    boolean flushed();

    /** The complete end, with trailers if any. */
    void end(Optional<List<Header>> trailers);

    /** The guest gave up in the middle: the peer must see that the message is incomplete. */
    void abort();

    /** Has {@code action} run after each change, on any thread. Set once, before the first write. */
    void onChange(Runnable action);
}

package dev.creel.wasi.http;

import java.util.List;
import java.util.Optional;

/**
 * Bytes of a message that flow away from a guest (response body, or request body of an outgoing request). The guest's thread
 * writes; the host drains on its own threads and has the action given to {@link #onChange} run when room appears or the peer
 * goes away.
 *
 * <p>What a guest wrote before the sink existed arrives as the first writes, up to {@link HttpLimits#earlyBytesMax} whatever
 * {@link #room} says, because nobody would be there to bring the rest later.
 */
public interface BodySink {
    /** How many bytes may be written now; 0 while full; -1 if nobody reads any more. Never blocks. */
    long room();

    /** Takes bytes, at most {@link #room} except at the start. The array is the sink's from now on. Never blocks. */
    void write(byte[] bytes);

    /** The complete end, with trailers if any. */
    void end(Optional<List<Header>> trailers);

    /** The guest gave up in the middle: the peer must see that the message is incomplete. Harmless after the end. */
    void abort();

    /** Has {@code action} run after each change, on any thread. Set once, before the first write. */
    void onChange(Runnable action);
}

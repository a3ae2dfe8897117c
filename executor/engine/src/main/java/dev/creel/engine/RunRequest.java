package dev.creel.engine;

import dev.creel.contract.ByteSize;
import dev.creel.wasi.http.BodySource;
import dev.creel.wasi.http.HttpErrorCode;
import java.util.function.Consumer;

/**
 * The request's body of one run, within its limit of bytes: beyond it the body breaks. Only what the guest takes counts; what it leaves
 * stays in a pipe that is bounded. Used by the guest's thread.
 */
final class RunRequest implements BodySource {
    private final BodySource source;
    private final ByteSize max;
    private final Consumer<ByteSize> onTooLarge;
    private long bytes;
    private boolean broken;

    /**
     * @param max most bytes
     * @param onTooLarge told once, of the limit, when there are more
     */
    RunRequest(BodySource source, ByteSize max, Consumer<ByteSize> onTooLarge) {
        this.source = source;
        this.max = max;
        this.onTooLarge = onTooLarge;
    }

    @Override
    public Chunk poll(int most) {
        if (broken) {
            return tooMany();
        }
        var chunk = source.poll(most);
        if (chunk instanceof Chunk.Bytes(var some)) {
            bytes += some.length;
            if (bytes > max.bytes()) {
                broken = true;
                source.close();
                onTooLarge.accept(max);
                return tooMany();
            }
        }
        return chunk;
    }

    private Chunk tooMany() {
        return new Chunk.Broken(new HttpErrorCode("HTTP-request-body-size", Long.toString(bytes)));
    }

    @Override
    public boolean ready() {
        return broken || source.ready();
    }

    @Override
    public void onChange(Runnable action) {
        source.onChange(action);
    }

    @Override
    public void close() {
        source.close();
    }

    /** Whether there was more than it may have. */
    boolean tooLarge() {
        return broken;
    }

    /** How much the guest has taken. */
    long bytes() {
        return bytes;
    }
}

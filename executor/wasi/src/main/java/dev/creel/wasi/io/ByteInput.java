package dev.creel.wasi.io;

import java.util.Arrays;

/** An input stream over bytes that are all there. */
public final class ByteInput implements InputStream {
    private final byte[] bytes;
    private int at;

    /** Reads {@code bytes}, which must not change any more. */
    public ByteInput(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A stream at its end. */
    public static ByteInput empty() {
        return new ByteInput(new byte[0]);
    }

    @Override
    public byte[] read(long max) throws StreamClosedException {
        if (at == bytes.length) {
            throw new StreamClosedException();
        }
        int from = at;
        at += (int) Math.min(max, bytes.length - at);
        return Arrays.copyOfRange(bytes, from, at);
    }

    @Override
    public Pollable subscribe() {
        return Pollable.READY;
    }

    @Override
    public void close() {
        at = bytes.length;
    }
}

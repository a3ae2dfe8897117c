package dev.creel.conformance.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.creel.wasi.io.OutputStream;
import dev.creel.wasi.io.Pollable;
import java.io.ByteArrayOutputStream;

/** Keeps what a program prints, to the byte. */
final class Printed implements OutputStream {
    private static final long ROOM = 64 << 10;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public long checkWrite() {
        return ROOM;
    }

    @Override
    public void write(byte[] written) {
        bytes.writeBytes(written);
    }

    @Override
    public void flush() {}

    @Override
    public Pollable subscribe() {
        return Pollable.READY;
    }

    @Override
    public void close() {}

    String text() {
        return bytes.toString(UTF_8);
    }
}

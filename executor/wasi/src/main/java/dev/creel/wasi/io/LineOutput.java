package dev.creel.wasi.io;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * An output stream that hands its text on line by line: what guests print. Always has room, so a guest never waits for whoever
 * reads its logs; the consumer must return at once. A line longer than the limit is handed on in pieces, cut between
 * characters; a last line without an end when the stream closes.
 */
public final class LineOutput implements OutputStream {
    private static final int ROOM = 64 << 10;

    private final int lineBytesMax;
    private final Consumer<String> lines;
    private byte[] pending = new byte[256];
    private int length;

    /**
     * @param lineBytesMax longest piece handed on, in bytes of UTF-8; at least 4
     * @param lines gets each line without its line feed, malformed UTF-8 replaced; runs on the guest's thread
     */
    public LineOutput(int lineBytesMax, Consumer<String> lines) {
        if (lineBytesMax < 4) {
            throw new IllegalArgumentException(
                    "a line limit of " + lineBytesMax + " bytes has no room for a character");
        }
        this.lineBytesMax = lineBytesMax;
        this.lines = lines;
    }

    /** A stream whose text nobody wants. */
    public static LineOutput discarding() {
        return new LineOutput(1 << 10, line -> {});
    }

    @Override
    public long checkWrite() {
        return ROOM;
    }

    @Override
    public void write(byte[] bytes) {
        for (byte one : bytes) {
            if (one == '\n') {
                emit(length);
            } else {
                if (length == lineBytesMax) {
                    emit(wholeCharacters());
                }
                append(one);
            }
        }
    }

    @Override
    public void flush() {}

    @Override
    public Pollable subscribe() {
        return Pollable.READY;
    }

    @Override
    public void close() {
        if (length > 0) {
            emit(length);
        }
    }

    private void append(byte one) {
        if (length == pending.length) {
            pending = Arrays.copyOf(pending, Math.min(lineBytesMax, length * 2));
        }
        pending[length++] = one;
    }

    private void emit(int count) {
        var line = new String(pending, 0, count, StandardCharsets.UTF_8);
        System.arraycopy(pending, count, pending, 0, length - count);
        length -= count;
        lines.accept(line);
    }

    /** How many of the pending bytes do not belong to a character that goes on. */
    private int wholeCharacters() {
        int start = length - 1;
        while (start > length - 4 && (pending[start] & 0xC0) == 0x80) {
            start--;
        }
        int lead = pending[start] & 0xFF;
        int size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        return start + size > length ? start : length;
    }
}

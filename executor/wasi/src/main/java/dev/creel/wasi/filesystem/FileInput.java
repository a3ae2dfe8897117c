package dev.creel.wasi.filesystem;

import dev.creel.wasi.io.InputStream;
import dev.creel.wasi.io.IoError;
import dev.creel.wasi.io.Pollable;
import dev.creel.wasi.io.StreamClosedException;
import dev.creel.wasi.io.StreamFailedException;

/** Reads a file from an offset to its end. The detail of its errors is an {@link ErrorCode}. */
public final class FileInput implements InputStream {
    private final OpenFile file;
    private long offset;
    private boolean closed;
    private boolean released;

    FileInput(OpenFile file, long offset) {
        this.file = file;
        this.offset = offset;
    }

    @Override
    public byte[] read(long max) throws StreamClosedException, StreamFailedException {
        if (closed) {
            throw new StreamClosedException();
        }
        if (max == 0) {
            return new byte[0];
        }
        byte[] bytes;
        try {
            bytes = file.read(max, offset);
        } catch (FileRefusedException e) {
            closed = true;
            throw new StreamFailedException(new IoError("reading a file: " + e.code(), e.code()));
        }
        if (bytes.length == 0) {
            closed = true;
            throw new StreamClosedException();
        }
        offset += bytes.length;
        return bytes;
    }

    @Override
    public Pollable subscribe() {
        return Pollable.READY;
    }

    @Override
    public void close() {
        closed = true;
        if (!released) {
            released = true;
            file.release();
        }
    }
}

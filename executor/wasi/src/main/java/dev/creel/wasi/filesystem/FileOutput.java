package dev.creel.wasi.filesystem;

import dev.creel.wasi.io.IoError;
import dev.creel.wasi.io.OutputStream;
import dev.creel.wasi.io.Pollable;
import dev.creel.wasi.io.StreamClosedException;
import dev.creel.wasi.io.StreamFailedException;

/**
 * Writes a file from an offset on, or always at its end. Each write is done when it returns, so there is always room and nothing
 * to flush. The detail of its errors is an {@link ErrorCode}; after one, the stream is closed.
 */
public final class FileOutput implements OutputStream {
    private static final long ROOM = 1 << 20;

    /** Says that it appends. */
    private static final long END = -1;

    private final OpenFile file;
    private long offset;
    private boolean closed;
    private boolean released;

    private FileOutput(OpenFile file, long offset) {
        this.file = file;
        this.offset = offset;
    }

    static FileOutput at(OpenFile file, long offset) {
        return new FileOutput(file, offset);
    }

    static FileOutput atEnd(OpenFile file) {
        return new FileOutput(file, END);
    }

    @Override
    public long checkWrite() throws StreamClosedException {
        if (closed) {
            throw new StreamClosedException();
        }
        return ROOM;
    }

    @Override
    public void write(byte[] bytes) throws StreamClosedException, StreamFailedException {
        if (closed) {
            throw new StreamClosedException();
        }
        try {
            if (offset == END) {
                file.append(bytes);
            } else {
                file.write(bytes, offset);
                offset += bytes.length;
            }
        } catch (FileRefusedException e) {
            closed = true;
            throw new StreamFailedException(new IoError("writing a file: " + e.code(), e.code()));
        }
    }

    @Override
    public void flush() throws StreamClosedException {
        if (closed) {
            throw new StreamClosedException();
        }
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

package dev.creel.node;

import dev.creel.host.CommandRun.Streams;
import dev.creel.wasi.http.BodyPipe;
import dev.creel.wasi.http.BodySink;
import dev.creel.wasi.http.HttpErrorCode;
import dev.creel.wasi.io.OutputStream;
import dev.creel.wasi.io.Pollable;
import dev.creel.wasi.io.StreamClosedException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** The three streams of this process as a guest's own: bytes go through as they come. */
final class StandardStreams {
    private static final int CHUNK = 64 << 10;

    private StandardStreams() {}

    /** Begins to read standard input on a thread of its own, which ends with the process. */
    static Streams open() {
        var pipe = new BodyPipe(CHUNK);
        // The guest must find its first pollable as the pipe is: reading begins at once, a chunk ahead of the guest.
        Thread.ofPlatform()
                .name("creel-stdin")
                .daemon()
                .start(() -> pump(new FileInputStream(FileDescriptor.in), pipe));
        return new Streams(
                pipe.source(),
                new ToFile(new FileOutputStream(FileDescriptor.out)),
                new ToFile(new FileOutputStream(FileDescriptor.err)));
    }

    private static void pump(InputStream from, BodyPipe pipe) {
        BodySink to = pipe.sink();
        var changes = new Semaphore(0);
        to.onChange(changes::release);
        var chunk = new byte[CHUNK];
        try {
            for (int count = from.read(chunk); count >= 0; count = from.read(chunk)) {
                to.write(Arrays.copyOf(chunk, count));
                while (to.room() == 0) {
                    changes.acquire();
                }
                if (to.room() < 0) {
                    return;
                }
            }
            to.end(Optional.empty());
        } catch (IOException e) {
            pipe.fail(HttpErrorCode.internal("standard input: " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes at once; a guest that prints faster than its reader reads waits in its write, as any program does. */
    private static final class ToFile implements OutputStream {
        private final FileOutputStream file;

        ToFile(FileOutputStream file) {
            this.file = file;
        }

        @Override
        public long checkWrite() {
            return CHUNK;
        }

        @Override
        public void write(byte[] bytes) throws StreamClosedException {
            try {
                file.write(bytes);
            } catch (IOException e) {
                throw new StreamClosedException();
            }
        }

        @Override
        public void flush() {}

        @Override
        public Pollable subscribe() {
            return Pollable.READY;
        }

        /** The stream is the process's. */
        @Override
        public void close() {}
    }
}

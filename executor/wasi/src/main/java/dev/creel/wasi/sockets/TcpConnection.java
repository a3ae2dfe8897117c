package dev.creel.wasi.sockets;

import dev.creel.wasi.io.InputStream;
import dev.creel.wasi.io.IoError;
import dev.creel.wasi.io.OutputStream;
import dev.creel.wasi.io.Pollable;
import dev.creel.wasi.io.StreamClosedException;
import dev.creel.wasi.io.StreamFailedException;
import dev.creel.wasi.io.Wakeup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;

/**
 * The two streams of a connected TCP socket. The guest's thread reads, and writes as much as the system takes; what it does not
 * take is kept, up to a limit, and goes out on the {@link SocketLoop}'s thread. Only the writing half has two threads: its lock
 * protects what is kept and how the half ended.
 */
final class TcpConnection {
    private static final int AHEAD_BYTES = 16 << 10;
    private static final byte[] NOTHING = {};

    private final SocketChannel channel;
    private final SocketLoop.Watch watch;
    private final int bufferBytesMax;
    private final Reader reader = new Reader();
    private final Writer writer = new Writer();

    /** Over {@code channel}, which does not block and is connected. {@code released} runs when a stream is dropped. */
    TcpConnection(SocketChannel channel, SocketLoop.Watch watch, int bufferBytesMax) {
        this.channel = channel;
        this.watch = watch;
        this.bufferBytesMax = bufferBytesMax;
    }

    /** The loop found the socket ready. */
    void ready(int operations, Wakeup wakeup) {
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            writer.drain();
        }
        wakeup.signal();
    }

    InputStream input(Runnable dropped) {
        return new Input(dropped);
    }

    OutputStream output(Runnable dropped) {
        return new Output(dropped);
    }

    /** Nothing more is read, also nothing that has arrived. */
    void shutReading() {
        reader.closed = true;
        reader.ahead = NOTHING;
        try {
            channel.shutdownInput();
        } catch (IOException e) {
            // The connection is gone: there is nothing to read any more.
        }
    }

    /** Nothing more is written; what was, still goes out first. */
    void shutWriting() {
        writer.shut();
    }

    private final class Reader {
        private byte[] ahead = NOTHING;
        private boolean closed;
        private Optional<SocketErrorCode> failure = Optional.empty();

        byte[] read(long max) throws StreamClosedException, StreamFailedException {
            if (ahead.length > 0) {
                int count = (int) Math.min(max, ahead.length);
                var bytes = Arrays.copyOf(ahead, count);
                ahead = Arrays.copyOfRange(ahead, count, ahead.length);
                return bytes;
            }
            if (closed) {
                throw ended();
            }
            if (max == 0) {
                return NOTHING;
            }
            var bytes = receive((int) Math.min(max, bufferBytesMax));
            if (closed) {
                throw ended();
            }
            return bytes;
        }

        private StreamClosedException ended() throws StreamFailedException {
            if (failure.isPresent()) {
                var code = failure.get();
                failure = Optional.empty();
                throw failed("reading", code);
            }
            return new StreamClosedException();
        }

        /** Only reading tells whether there is something to read: a little is read ahead. */
        boolean ready() {
            if (!closed && ahead.length == 0) {
                ahead = receive(AHEAD_BYTES);
                if (!closed && ahead.length == 0) {
                    watch.want(SelectionKey.OP_READ);
                }
            }
            return closed || ahead.length > 0;
        }

        private byte[] receive(int most) {
            var buffer = ByteBuffer.allocate(most);
            try {
                int count = channel.read(buffer);
                closed = count < 0;
            } catch (IOException e) {
                failure = Optional.of(SocketErrorCode.of(e));
                closed = true;
            }
            return buffer.position() == most ? buffer.array() : Arrays.copyOf(buffer.array(), buffer.position());
        }
    }

    private final class Writer {
        private ByteBuffer kept = ByteBuffer.allocate(0);
        private boolean shutting;
        private boolean closed;
        private Optional<SocketErrorCode> failure = Optional.empty();

        synchronized long room() throws StreamClosedException, StreamFailedException {
            check();
            return kept.hasRemaining() ? 0 : bufferBytesMax;
        }

        synchronized void write(byte[] bytes) throws StreamClosedException, StreamFailedException {
            check();
            kept = ByteBuffer.wrap(bytes);
            drain();
            check();
        }

        synchronized void check() throws StreamClosedException, StreamFailedException {
            if (failure.isPresent()) {
                var code = failure.get();
                failure = Optional.empty();
                throw failed("writing", code);
            }
            if (closed || shutting) {
                throw new StreamClosedException();
            }
        }

        synchronized boolean ready() {
            return closed || shutting || !kept.hasRemaining();
        }

        synchronized void shut() {
            shutting = true;
            drain();
        }

        /** Gives the system what it takes. Also on the loop's thread. */
        synchronized void drain() {
            if (closed) {
                return;
            }
            try {
                while (kept.hasRemaining() && channel.write(kept) > 0) {
                    // The system took some.
                }
                if (kept.hasRemaining()) {
                    watch.want(SelectionKey.OP_WRITE);
                } else if (shutting) {
                    closed = true;
                    channel.shutdownOutput();
                }
            } catch (IOException e) {
                closed = true;
                kept = ByteBuffer.allocate(0);
                // A peer that reads no more is the stream's end, not its failure.
                if (!String.valueOf(e.getMessage()).contains("Broken pipe")) {
                    failure = Optional.of(SocketErrorCode.of(e));
                }
            }
        }
    }

    private static StreamFailedException failed(String what, SocketErrorCode code) {
        return new StreamFailedException(new IoError(what + " a socket: " + code, code));
    }

    private final class Input implements InputStream {
        private final Runnable dropped;

        Input(Runnable dropped) {
            this.dropped = dropped;
        }

        @Override
        public byte[] read(long max) throws StreamClosedException, StreamFailedException {
            return reader.read(max);
        }

        @Override
        public Pollable subscribe() {
            return reader::ready;
        }

        @Override
        public void close() {
            dropped.run();
        }
    }

    private final class Output implements OutputStream {
        private final Runnable dropped;

        Output(Runnable dropped) {
            this.dropped = dropped;
        }

        @Override
        public long checkWrite() throws StreamClosedException, StreamFailedException {
            return writer.room();
        }

        @Override
        public void write(byte[] bytes) throws StreamClosedException, StreamFailedException {
            writer.write(bytes);
        }

        /** All that was written is on its way; until the system has it, there is no room. */
        @Override
        public void flush() throws StreamClosedException, StreamFailedException {
            writer.check();
        }

        @Override
        public Pollable subscribe() {
            return writer::ready;
        }

        @Override
        public void close() {
            dropped.run();
        }
    }
}

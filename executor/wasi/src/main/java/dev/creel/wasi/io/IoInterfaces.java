package dev.creel.wasi.io;

import dev.creel.component.core.TrapException;
import dev.creel.component.host.HostFunction;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import dev.creel.component.type.ValType.Variant;
import dev.creel.wasi.wit.WasiWit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binds {@code wasi:io}. A store needs a {@link Wakeup}. Breaking a rule that the interface states (polling nothing, writing
 * more than permitted) is a {@link TrapException}.
 */
public final class IoInterfaces {
    /** Most bytes that one read, skip or splice moves; guests ask again. Keeps the host's share of a copy small. */
    private static final long CHUNK_MAX = 1 << 20;

    /** Most bytes of the calls that write and flush at once, as the interface says. */
    private static final int WRITE_AND_FLUSH_MAX = 4096;

    private IoInterfaces() {}

    /** {@code error}, {@code poll} and {@code streams}. */
    public static List<HostInterface> interfaces() {
        return List.of(error(), poll(), streams());
    }

    private static HostInterface error() {
        return HostInterface.of(WasiWit.of("io/error"))
                .resource("error", IoError.class, error -> {})
                .function("[method]error.to-debug-string", (store, args) -> ((IoError) args[0]).debug())
                .build();
    }

    private static HostInterface poll() {
        return HostInterface.of(WasiWit.of("io/poll"))
                .resource("pollable", Pollable.class, pollable -> {})
                .function("[method]pollable.ready", (store, args) -> ((Pollable) args[0]).ready())
                .function("[method]pollable.block", (store, args) -> {
                    Blocking.until(store, (Pollable) args[0]);
                    return null;
                })
                .function("poll", (store, args) -> poll(store, (List<?>) args[0]))
                .build();
    }

    private static List<Object> poll(Store store, List<?> listed) {
        if (listed.isEmpty()) {
            throw new TrapException("wasi:io/poll: poll of an empty list would wait for ever");
        }
        int most = store.context(IoLimits.class, () -> IoLimits.DEFAULT).pollablesMax();
        if (listed.size() > most) {
            throw new TrapException(
                    "wasi:io/poll: poll of " + listed.size() + " pollables, more than the limit of " + most);
        }
        var pollables = new ArrayList<Pollable>(listed.size());
        for (var one : listed) {
            pollables.add((Pollable) one);
        }
        var ready = new ArrayList<Object>();
        // A pollable may stop being ready between the two looks only if the guest's own clock is set back; look again
        // then.
        while (ready.isEmpty()) {
            Blocking.untilAny(store, pollables);
            for (int i = 0; i < pollables.size(); i++) {
                if (pollables.get(i).ready()) {
                    ready.add((long) i);
                }
            }
        }
        return ready;
    }

    private static HostInterface streams() {
        return HostInterface.of(WasiWit.of("io/streams"))
                .resource("input-stream", InputStream.class, InputStream::close)
                .resource("output-stream", OutputStream.class, OutputStream::close)
                .function("[method]input-stream.read", input((store, in, len) -> in.read(len)))
                .function("[method]input-stream.blocking-read", input(Blocking::read))
                .function("[method]input-stream.skip", input((store, in, len) -> (long) in.read(len).length))
                .function("[method]input-stream.blocking-skip", input((store, in, len) ->
                        (long) Blocking.read(store, in, len).length))
                .function("[method]input-stream.subscribe", (store, args) -> ((InputStream) args[0]).subscribe())
                .function("[method]output-stream.check-write", output((store, out, args) -> out.checkWrite()))
                .function("[method]output-stream.write", output((store, out, args) -> write(out, (byte[]) args[1])))
                .function(
                        "[method]output-stream.write-zeroes",
                        output((store, out, args) -> writeZeroes(out, (Long) args[1])))
                .function("[method]output-stream.flush", output((store, out, args) -> {
                    out.flush();
                    return null;
                }))
                .function("[method]output-stream.blocking-flush", output((store, out, args) -> {
                    Blocking.flush(store, out);
                    return null;
                }))
                .function(
                        "[method]output-stream.blocking-write-and-flush",
                        output((store, out, args) -> writeAndFlush(store, out, (byte[]) args[1])))
                .function(
                        "[method]output-stream.blocking-write-zeroes-and-flush",
                        output((store, out, args) -> writeAndFlush(store, out, zeroes((Long) args[1]))))
                .function("[method]output-stream.splice", output((store, out, args) -> {
                    long most = Math.min(chunk((Long) args[2]), out.checkWrite());
                    return move((InputStream) args[1], out, most);
                }))
                .function("[method]output-stream.blocking-splice", output(IoInterfaces::blockingSplice))
                .function("[method]output-stream.subscribe", (store, args) -> ((OutputStream) args[0]).subscribe())
                .build();
    }

    private static @Nullable Object write(OutputStream out, byte[] bytes)
            throws StreamClosedException, StreamFailedException {
        checkPermit(out, bytes.length);
        out.write(bytes);
        return null;
    }

    private static @Nullable Object writeZeroes(OutputStream out, long len)
            throws StreamClosedException, StreamFailedException {
        checkPermit(out, len);
        long left = len;
        while (left > 0) {
            int count = (int) Math.min(left, CHUNK_MAX);
            out.write(new byte[count]);
            left -= count;
        }
        return null;
    }

    /** What a stream permits shrinks only by writes and flushes, so what it would permit now is what the guest may write. */
    private static void checkPermit(OutputStream out, long len) throws StreamClosedException, StreamFailedException {
        long permit = out.checkWrite();
        if (Long.compareUnsigned(len, permit) > 0) {
            throw new TrapException("wasi:io/streams: write of " + Long.toUnsignedString(len)
                    + " bytes where check-write permits " + permit);
        }
    }

    private static @Nullable Object writeAndFlush(Store store, OutputStream out, byte[] bytes)
            throws StreamClosedException, StreamFailedException {
        if (bytes.length > WRITE_AND_FLUSH_MAX) {
            throw new TrapException("wasi:io/streams: blocking-write-and-flush of " + bytes.length
                    + " bytes, more than " + WRITE_AND_FLUSH_MAX);
        }
        Blocking.write(store, out, bytes);
        Blocking.flush(store, out);
        return null;
    }

    private static byte[] zeroes(long len) {
        if (Long.compareUnsigned(len, WRITE_AND_FLUSH_MAX) > 0) {
            throw new TrapException(
                    "wasi:io/streams: blocking-write-zeroes-and-flush of more than " + WRITE_AND_FLUSH_MAX + " bytes");
        }
        return new byte[(int) len];
    }

    private static Object blockingSplice(Store store, OutputStream out, Object[] args)
            throws StreamClosedException, StreamFailedException {
        var in = (InputStream) args[1];
        long most = chunk((Long) args[2]);
        if (most > 0) {
            most = Math.min(most, Blocking.room(store, out));
            Blocking.until(store, in.subscribe());
        }
        return move(in, out, most);
    }

    private static Object move(InputStream in, OutputStream out, long most)
            throws StreamClosedException, StreamFailedException {
        if (most == 0) {
            return 0L;
        }
        var bytes = in.read(most);
        if (bytes.length > 0) {
            out.write(bytes);
        }
        return (long) bytes.length;
    }

    private static long chunk(long len) {
        return Long.compareUnsigned(len, CHUNK_MAX) > 0 ? CHUNK_MAX : len;
    }

    /** What a call on an input stream does. */
    private interface OnInput {
        Object call(Store store, InputStream in, long len) throws StreamClosedException, StreamFailedException;
    }

    /** What a call on an output stream does. */
    private interface OnOutput {
        @Nullable
        Object call(Store store, OutputStream out, Object[] args) throws StreamClosedException, StreamFailedException;
    }

    private static HostFunction input(OnInput call) {
        return result((store, args) -> call.call(store, (InputStream) args[0], chunk((Long) args[1])));
    }

    private static HostFunction output(OnOutput call) {
        return result((store, args) -> call.call(store, (OutputStream) args[0], args));
    }

    private interface OnStream {
        @Nullable
        Object call(Store store, Object[] args) throws StreamClosedException, StreamFailedException;
    }

    /** Turns the two ways in which streams end into {@code stream-error}. */
    private static HostFunction result(OnStream call) {
        return (store, args) -> {
            try {
                return new Result.Value.Ok(call.call(store, args));
            } catch (StreamClosedException e) {
                return Result.Value.err(new Variant.Value(1, null));
            } catch (StreamFailedException e) {
                return Result.Value.err(new Variant.Value(0, e.error()));
            }
        };
    }
}

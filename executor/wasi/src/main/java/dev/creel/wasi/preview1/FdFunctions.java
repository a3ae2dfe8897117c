package dev.creel.wasi.preview1;

import dev.creel.wasi.filesystem.EntryStream;
import dev.creel.wasi.filesystem.FileKind;
import dev.creel.wasi.filesystem.FileRefusedException;
import dev.creel.wasi.filesystem.FileStat;
import dev.creel.wasi.io.Blocking;
import dev.creel.wasi.io.StreamClosedException;
import dev.creel.wasi.io.StreamFailedException;
import java.nio.charset.StandardCharsets;

/** {@code fd_*}: files, directories and the standard streams. */
final class FdFunctions {
    private static final int APPEND = 1;
    private static final int NONBLOCK = 4;

    /** Most bytes of one write. */
    private static final int WRITE_MAX = 1 << 20;

    private static final int SET = 0;
    private static final int CUR = 1;
    private static final int END = 2;

    /** Every right there is: what a guest may really do, its calls tell it. */
    private static final long RIGHTS_ALL = (1L << 30) - 1;

    /** Those of a directory: exact, because C libraries ask for what they say here when they open it again. */
    private static final long RIGHTS_DIRECTORY = 0x07B7FE00;

    private static final long RIGHT_READ = 1 << 1;
    private static final long RIGHT_SEEK = 1 << 2;
    private static final long RIGHT_TELL = 1 << 5;
    private static final long RIGHT_WRITE = 1 << 6;

    private static final int DIRENT_BYTES = 24;

    private FdFunctions() {}

    static void bind(Binder binder) {
        binder.bind("fd_read", "iiii", call -> call.putU32(call.u32(3), read(call)));
        binder.bind("fd_pread", "iiiIi", call -> call.putU32(call.u32(4), read(call, fd(call).file(), call.i64(3))));
        binder.bind("fd_write", "iiii", call -> call.putU32(call.u32(3), write(call)));
        binder.bind("fd_pwrite", "iiiIi", call -> call.putU32(call.u32(4), writeAt(call, toWrite(call), call.i64(3))));
        binder.bind("fd_seek", "iIii", FdFunctions::seek);
        binder.bind("fd_tell", "ii", call -> call.putU64(call.u32(1), seekable(call).position));
        binder.bind("fd_close", "i", call -> call.fds().close(call.i32(0)));
        binder.bind("fd_renumber", "ii", call -> call.fds().renumber(call.i32(0), call.i32(1)));
        binder.bind("fd_readdir", "iiiIi", FdFunctions::readDirectory);
        binder.bind("fd_prestat_get", "ii", FdFunctions::prestat);
        binder.bind("fd_prestat_dir_name", "iii", FdFunctions::preopenName);
        binder.bind("fd_fdstat_get", "ii", FdFunctions::fdstat);
        binder.bind("fd_fdstat_set_flags", "ii", FdFunctions::setFlags);
        binder.bind("fd_fdstat_set_rights", "iII", call -> {
            fd(call);
            throw Errno.NOTSUP.thrown();
        });
        binder.bind("fd_filestat_get", "ii", call -> {
            var stat = fd(call).stat();
            if (stat.isPresent()) {
                filestat(call, call.u32(1), stat.get());
            } else {
                call.putBytes(call.u32(1), new byte[64], 64);
            }
        });
        binder.bind("fd_filestat_set_size", "iI", call -> fd(call).file().open.resize(call.i64(1)));
        binder.bind(
                "fd_filestat_set_times",
                "iIIi",
                call -> fd(call).open()
                        .setTimes(
                                NewTimes.accessed(call.i32(3), call.i64(1)),
                                NewTimes.modified(call.i32(3), call.i64(2))));
        binder.bind("fd_allocate", "iII", call -> {
            toWrite(call);
            // As on wasmtime: few systems can, and C libraries then write zeroes.
            throw Errno.NOTSUP.thrown();
        });
        binder.bind("fd_advise", "iIIi", call -> fd(call).file());
        binder.bind("fd_sync", "i", call -> sync(call, true));
        binder.bind("fd_datasync", "i", call -> sync(call, false));
    }

    /** Writes a {@code filestat}. */
    static void filestat(Call call, long at, FileStat stat) throws ErrnoException {
        call.putU64(at, 1);
        call.putU64(at + 8, stat.identity().number());
        call.putU64(at + 16, filetype(stat.kind()));
        call.putU64(at + 24, stat.links());
        call.putU64(at + 32, stat.size());
        call.putU64(at + 40, ClockFunctions.nanos(stat.accessed()));
        call.putU64(at + 48, ClockFunctions.nanos(stat.modified()));
        call.putU64(at + 56, ClockFunctions.nanos(stat.changed()));
    }

    private static Fd fd(Call call) throws ErrnoException {
        return call.fds().get(call.i32(0));
    }

    private static void sync(Call call, boolean metadata) throws ErrnoException, FileRefusedException {
        switch (fd(call)) {
            case Fd.File file -> file.open.sync(metadata);
            case Fd.Directory directory -> directory.open.sync(metadata);
            // What is printed is handed on at once.
            case Fd.Input ignored -> {}
            case Fd.Output ignored -> {}
        }
    }

    /** The file, which must have been opened for writing. */
    private static Fd.File toWrite(Call call) throws ErrnoException {
        var file = fd(call).file();
        if (!file.open.access().write()) {
            throw Errno.BADF.thrown();
        }
        return file;
    }

    private static long read(Call call) throws ErrnoException, FileRefusedException {
        return switch (fd(call)) {
            case Fd.File file -> {
                long count = read(call, file, file.position);
                file.position += count;
                yield count;
            }
            case Fd.Input input -> read(call, input);
            case Fd.Output output -> throw Errno.BADF.thrown();
            case Fd.Directory directory -> throw Errno.ISDIR.thrown();
        };
    }

    private static long read(Call call, Fd.File file, long offset) throws ErrnoException, FileRefusedException {
        long total = 0;
        for (var slice : call.vectors(1)) {
            int filled = 0;
            while (filled < slice.length()) {
                var bytes = file.open.read(slice.length() - filled, offset + total);
                if (bytes.length == 0) {
                    return total;
                }
                call.putBytes(slice.at() + filled, bytes, bytes.length);
                filled += bytes.length;
                total += bytes.length;
            }
        }
        return total;
    }

    /** As much as one read gives, into the first vector with room: more might have to be waited for. */
    private static long read(Call call, Fd.Input input) throws ErrnoException {
        for (var slice : call.vectors(1)) {
            if (slice.length() > 0) {
                try {
                    var bytes = (input.flags & NONBLOCK) != 0
                            ? input.stream.read(slice.length())
                            : Blocking.read(call.store(), input.stream, slice.length());
                    if (bytes.length == 0) {
                        throw Errno.AGAIN.thrown();
                    }
                    call.putBytes(slice.at(), bytes, bytes.length);
                    return bytes.length;
                } catch (StreamClosedException e) {
                    return 0;
                } catch (StreamFailedException e) {
                    throw Errno.IO.thrown();
                }
            }
        }
        return 0;
    }

    private static long write(Call call) throws ErrnoException, FileRefusedException {
        return switch (fd(call)) {
            case Fd.File ignored -> write(call, toWrite(call));
            case Fd.Output output -> each(call, (bytes, ignored) -> Blocking.write(call.store(), output.stream, bytes));
            case Fd.Input ignored -> throw Errno.BADF.thrown();
            case Fd.Directory ignored -> throw Errno.BADF.thrown();
        };
    }

    private static long write(Call call, Fd.File file) throws ErrnoException, FileRefusedException {
        if ((file.flags & APPEND) == 0) {
            long count = writeAt(call, file, file.position);
            file.position += count;
            return count;
        }
        long total = each(call, (bytes, ignored) -> file.open.append(bytes));
        file.position = file.open.stat().size();
        return total;
    }

    private static long writeAt(Call call, Fd.File file, long offset) throws ErrnoException, FileRefusedException {
        return each(call, (bytes, before) -> file.open.write(bytes, offset + before));
    }

    /** What takes bytes, told how many it got before. */
    private interface Taker {
        void take(byte[] bytes, long before)
                throws ErrnoException, FileRefusedException, StreamClosedException, StreamFailedException;
    }

    /** Hands over what the guest writes; a guest that writes more than fits into one call goes on from there. */
    private static long each(Call call, Taker taker) throws ErrnoException, FileRefusedException {
        long total = 0;
        try {
            for (var slice : call.vectors(1)) {
                int count = (int) Math.min(slice.length(), WRITE_MAX - total);
                taker.take(call.getBytes(new Call.Slice(slice.at(), count)), total);
                total += count;
            }
            return total;
        } catch (StreamClosedException e) {
            throw Errno.PIPE.thrown();
        } catch (StreamFailedException e) {
            throw Errno.IO.thrown();
        }
    }

    private static Fd.File seekable(Call call) throws ErrnoException {
        return switch (fd(call)) {
            case Fd.File file -> file;
            case Fd.Input input -> throw Errno.SPIPE.thrown();
            case Fd.Output output -> throw Errno.SPIPE.thrown();
            case Fd.Directory directory -> throw Errno.BADF.thrown();
        };
    }

    private static void seek(Call call) throws ErrnoException, FileRefusedException {
        var file = seekable(call);
        long from = switch (call.i32(2)) {
            case SET -> 0;
            case CUR -> file.position;
            case END -> file.open.stat().size();
            default -> throw Errno.INVAL.thrown();
        };
        long position = from + call.i64(1);
        if (position < 0) {
            throw Errno.INVAL.thrown();
        }
        call.putU64(call.u32(3), position);
        file.position = position;
    }

    /** Fills the buffer with entries; the last may be cut off, which tells the guest that there are more. */
    private static void readDirectory(Call call) throws ErrnoException, FileRefusedException {
        if (!(fd(call) instanceof Fd.Directory directory)) {
            throw Errno.NOTDIR.thrown();
        }
        long at = call.u32(1);
        long room = call.u32(2);
        call.check(at, room);
        long cookie = call.i64(3);
        var entries = directory.entries(cookie == 0);
        long used = 0;
        for (long i = cookie; i >= 0 && i < entries.size() && used < room; i++) {
            var entry = dirent(entries.get((int) i), i + 1);
            int count = (int) Math.min(entry.length, room - used);
            call.putBytes(at + used, entry, count);
            used += count;
        }
        call.putU32(call.u32(4), used);
    }

    private static byte[] dirent(EntryStream.Entry entry, long next) {
        var text = entry.name().getBytes(StandardCharsets.UTF_8);
        return java.nio.ByteBuffer.allocate(DIRENT_BYTES + text.length)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putLong(next)
                .putLong(entry.identity().number())
                .putInt(text.length)
                .putInt(filetype(entry.kind()))
                .put(text)
                .array();
    }

    private static byte[] preopen(Call call) throws ErrnoException {
        if (fd(call) instanceof Fd.Directory directory && directory.preopen.isPresent()) {
            return directory.preopen.get().getBytes(StandardCharsets.UTF_8);
        }
        throw Errno.BADF.thrown();
    }

    private static void prestat(Call call) throws ErrnoException {
        var name = preopen(call);
        call.putU32(call.u32(1), 0);
        call.putU32(call.u32(1) + 4, name.length);
    }

    private static void preopenName(Call call) throws ErrnoException {
        var name = preopen(call);
        if (call.u32(2) < name.length) {
            throw Errno.NAMETOOLONG.thrown();
        }
        call.putBytes(call.u32(1), name, name.length);
    }

    private static void fdstat(Call call) throws ErrnoException, FileRefusedException {
        var fd = fd(call);
        long rights = switch (fd) {
            case Fd.Input input -> RIGHTS_ALL & ~(RIGHT_SEEK | RIGHT_TELL | RIGHT_WRITE);
            case Fd.Output output -> RIGHTS_ALL & ~(RIGHT_SEEK | RIGHT_TELL | RIGHT_READ);
            case Fd.File file ->
                RIGHTS_ALL
                        & ~(file.open.access().read() ? 0 : RIGHT_READ)
                        & ~(file.open.access().write() ? 0 : RIGHT_WRITE);
            case Fd.Directory directory -> RIGHTS_DIRECTORY;
        };
        var stat = fd.stat();
        long at = call.u32(1);
        call.putU16(at, stat.isPresent() ? filetype(stat.get().kind()) : 0);
        call.putU16(at + 2, fd.flags);
        call.putU32(at + 4, 0);
        call.putU64(at + 8, rights);
        call.putU64(at + 16, RIGHTS_ALL);
    }

    private static void setFlags(Call call) throws ErrnoException {
        if ((call.i32(1) & ~(APPEND | NONBLOCK)) != 0) {
            throw Errno.NOTSUP.thrown();
        }
        fd(call).flags = call.i32(1);
    }

    private static int filetype(FileKind kind) {
        return switch (kind) {
            case UNKNOWN, FIFO -> 0;
            case BLOCK_DEVICE -> 1;
            case CHARACTER_DEVICE -> 2;
            case DIRECTORY -> 3;
            case REGULAR_FILE -> 4;
            case SOCKET -> 6;
            case SYMBOLIC_LINK -> 7;
        };
    }
}

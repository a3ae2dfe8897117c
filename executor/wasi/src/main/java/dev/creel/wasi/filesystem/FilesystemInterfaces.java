package dev.creel.wasi.filesystem;

import dev.creel.component.host.HostFunction;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import dev.creel.component.type.ValType.Variant;
import dev.creel.wasi.clocks.ClockInterfaces;
import dev.creel.wasi.io.IoError;
import dev.creel.wasi.linux.NewTime;
import dev.creel.wasi.wit.WasiWit;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Binds {@code wasi:filesystem}. Below a preopen that is not writable, every operation that would change something answers
 * {@code not-permitted}, as on Spin. A store needs a {@link dev.creel.wasi.context.WasiContext}.
 */
public final class FilesystemInterfaces {
    private static final long SYMLINK_FOLLOW = 1;
    private static final long OPEN_CREATE = 1;
    private static final long OPEN_DIRECTORY = 2;
    private static final long OPEN_EXCLUSIVE = 4;
    private static final long OPEN_TRUNCATE = 8;
    private static final long FLAG_READ = 1;
    private static final long FLAG_WRITE = 2;
    private static final long FLAG_MUTATE_DIRECTORY = 32;
    private static final long FLAGS_SYNC = 4 | 8 | 16;

    private FilesystemInterfaces() {}

    /** {@code types} and {@code preopens}. */
    public static List<HostInterface> interfaces() {
        return List.of(types(), preopens());
    }

    private static HostInterface preopens() {
        return HostInterface.of(WasiWit.of("filesystem/preopens"))
                .function("get-directories", (store, args) -> directories(store))
                .build();
    }

    private static List<Object> directories(Store store) {
        var list = new ArrayList<Object>();
        try {
            for (var mount : OpenFiles.of(store).mounts()) {
                list.add(new Object[] {mount.directory(), mount.guestPath()});
            }
        } catch (FileRefusedException e) {
            throw new dev.creel.component.core.TrapException(
                    "wasi:filesystem/preopens: too many open files for one more get-directories", e);
        }
        return list;
    }

    private static HostInterface types() {
        var builder = HostInterface.of(WasiWit.of("filesystem/types"))
                .resource("descriptor", Descriptor.class, Descriptor::close)
                .resource("directory-entry-stream", EntryStream.class, EntryStream::close)
                .function(
                        "filesystem-error-code",
                        (store, args) -> ((IoError) args[0]).detail() instanceof ErrorCode code
                                ? Optional.of(code.index())
                                : Optional.empty())
                .function(
                        "[method]directory-entry-stream.read-directory-entry",
                        result(args -> ((EntryStream) args[0]).next().map(FilesystemInterfaces::entry)));
        bindFiles(builder);
        bindDirectories(builder);
        bindChanges(builder);
        return builder.build();
    }

    private static void bindFiles(HostInterface.Builder builder) {
        method(builder, "read", (self, args) -> read(self.asFile(), (Long) args[1], (Long) args[2]));
        method(builder, "read-via-stream", (self, args) -> self.asFile().input((Long) args[1]));
        method(builder, "write-via-stream", (self, args) -> self.asFile().output((Long) args[1]));
        method(builder, "append-via-stream", (self, args) -> self.asFile().appending());
        method(builder, "write", (self, args) -> write(self.asFile(), (byte[]) args[1], (Long) args[2]));
        change(builder, "set-size", (self, args) -> self.asFile().resize((Long) args[1]));
        change(builder, "set-times", (self, args) -> self.setTimes(time(args[1]), time(args[2])));
        // Advice may be ignored, but not given to what is no file.
        change(builder, "advise", (self, args) -> self.asFile());
        change(builder, "sync", (self, args) -> self.sync(true));
        change(builder, "sync-data", (self, args) -> self.sync(false));
        method(builder, "get-flags", (self, args) -> flags(self));
        method(builder, "get-type", (self, args) -> self.stat().kind().index());
        method(builder, "stat", (self, args) -> stat(self.stat()));
        method(builder, "metadata-hash", (self, args) -> hash(self.stat()));
        builder.function(
                "[method]descriptor.is-same-object", (store, args) -> same((Descriptor) args[0], (Descriptor) args[1]));
    }

    private static void bindDirectories(HostInterface.Builder builder) {
        method(builder, "read-directory", (self, args) -> self.asDirectory().entries());
        method(builder, "stat-at", (self, args) -> stat(statAt(self, args)));
        method(builder, "metadata-hash-at", (self, args) -> hash(statAt(self, args)));
        method(builder, "readlink-at", (self, args) -> self.asDirectory().readLink((String) args[1]));
        method(
                builder,
                "open-at",
                (self, args) ->
                        open(self.asDirectory(), (Long) args[1], (String) args[2], (Long) args[3], (Long) args[4]));
    }

    private static void bindChanges(HostInterface.Builder builder) {
        change(
                builder,
                "create-directory-at",
                (self, args) -> self.asDirectory().makeDirectory((String) args[1]));
        change(
                builder,
                "remove-directory-at",
                (self, args) -> self.asDirectory().removeDirectory((String) args[1]));
        change(builder, "unlink-file-at", (self, args) -> self.asDirectory().removeFile((String) args[1]));
        change(builder, "symlink-at", (self, args) -> self.asDirectory().makeLink((String) args[1], (String) args[2]));
        change(
                builder,
                "rename-at",
                (self, args) -> self.asDirectory()
                        .rename((String) args[1], ((Descriptor) args[2]).asDirectory(), (String) args[3]));
        change(builder, "link-at", (self, args) -> {
            if (follows((Long) args[1])) {
                throw ErrorCode.INVALID.refusal();
            }
            self.asDirectory().addName((String) args[2], ((Descriptor) args[3]).asDirectory(), (String) args[4]);
        });
        change(
                builder,
                "set-times-at",
                (self, args) -> self.asDirectory()
                        .setTimes((String) args[2], follows((Long) args[1]), time(args[3]), time(args[4])));
    }

    private static Object read(OpenFile file, long length, long offset) throws FileRefusedException {
        var bytes = file.read(length, offset);
        return new Object[] {bytes, bytes.length == 0 && length != 0};
    }

    private static Object write(OpenFile file, byte[] bytes, long offset) throws FileRefusedException {
        file.write(bytes, offset);
        return (long) bytes.length;
    }

    private static long flags(Descriptor self) {
        return switch (self) {
            case OpenFile file ->
                (file.access().read() ? FLAG_READ : 0) | (file.access().write() ? FLAG_WRITE : 0);
            case OpenDirectory directory -> FLAG_READ | (directory.writable() ? FLAG_MUTATE_DIRECTORY : 0);
        };
    }

    private static NewTime time(Object timestamp) throws FileRefusedException {
        var variant = (Variant.Value) timestamp;
        return switch (variant.index()) {
            case 0 -> new NewTime.Keep();
            case 1 -> new NewTime.Now();
            default -> new NewTime.At(instant((Object[]) Objects.requireNonNull(variant.payload())));
        };
    }

    private static Instant instant(Object[] datetime) throws FileRefusedException {
        try {
            long nanos = (Long) datetime[1];
            if ((Long) datetime[0] < 0 || nanos >= 1_000_000_000) {
                throw ErrorCode.INVALID.refusal();
            }
            return Instant.ofEpochSecond((Long) datetime[0], nanos);
        } catch (DateTimeException e) {
            throw ErrorCode.OVERFLOW.refusal();
        }
    }

    private static FileStat statAt(Descriptor self, Object[] args) throws FileRefusedException {
        return self.asDirectory().stat((String) args[2], follows((Long) args[1]));
    }

    private static Descriptor open(OpenDirectory directory, long pathFlags, String path, long openFlags, long flags)
            throws FileRefusedException {
        if ((flags & FLAGS_SYNC) != 0) {
            throw ErrorCode.UNSUPPORTED.refusal();
        }
        var how = new OpenHow(
                (openFlags & OPEN_DIRECTORY) != 0,
                (openFlags & OPEN_CREATE) != 0,
                (openFlags & OPEN_EXCLUSIVE) != 0,
                (openFlags & OPEN_TRUNCATE) != 0,
                (flags & FLAG_READ) != 0,
                (flags & FLAG_WRITE) != 0);
        return directory.open(path, follows(pathFlags), how);
    }

    private static boolean same(Descriptor one, Descriptor other) {
        try {
            return one == other || one.stat().identity().equals(other.stat().identity());
        } catch (FileRefusedException e) {
            return false;
        }
    }

    private static boolean follows(long pathFlags) {
        return (pathFlags & SYMLINK_FOLLOW) != 0;
    }

    private static Object[] stat(FileStat stat) {
        return new Object[] {
            stat.kind().index(),
            stat.links(),
            stat.size(),
            Optional.of(ClockInterfaces.datetime(stat.accessed())),
            Optional.of(ClockInterfaces.datetime(stat.modified())),
            Optional.of(ClockInterfaces.datetime(stat.changed()))
        };
    }

    private static Object[] hash(FileStat stat) {
        var hash = stat.hash();
        return new Object[] {hash.lower(), hash.upper()};
    }

    private static Object[] entry(EntryStream.Entry entry) {
        return new Object[] {entry.kind().index(), entry.name()};
    }

    /** What a method of descriptor does. */
    private interface OnDescriptor {
        @Nullable
        Object call(Descriptor self, Object[] args) throws FileRefusedException;
    }

    private interface Call {
        @Nullable
        Object call(Object[] args) throws FileRefusedException;
    }

    private static void method(HostInterface.Builder builder, String name, OnDescriptor body) {
        builder.function("[method]descriptor." + name, result(args -> body.call((Descriptor) args[0], args)));
    }

    /** What a method does that answers nothing. */
    private interface Changing {
        void call(Descriptor self, Object[] args) throws FileRefusedException;
    }

    private static void change(HostInterface.Builder builder, String name, Changing body) {
        method(builder, name, (self, args) -> {
            body.call(self, args);
            return null;
        });
    }

    private static HostFunction result(Call call) {
        return (store, args) -> {
            try {
                return new Result.Value.Ok(call.call(args));
            } catch (FileRefusedException e) {
                return Result.Value.err(e.code().index());
            }
        };
    }
}

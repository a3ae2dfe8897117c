package dev.creel.wasi.filesystem;

import dev.creel.component.host.HostFunction;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import dev.creel.wasi.clocks.ClockInterfaces;
import dev.creel.wasi.io.IoError;
import dev.creel.wasi.wit.WasiWit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Binds {@code wasi:filesystem}, for reading: every operation that would change something answers {@code not-permitted}, as on
 * Spin. A store needs a {@link dev.creel.wasi.context.WasiContext}.
 */
public final class FilesystemInterfaces {
    private static final long SYMLINK_FOLLOW = 1;
    private static final long OPEN_CREATE = 1;
    private static final long OPEN_DIRECTORY = 2;
    private static final long OPEN_TRUNCATE = 8;
    private static final long FLAG_READ = 1;
    private static final long FLAG_WRITE = 2;
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
        bindRefusals(builder);
        return builder.build();
    }

    private static void bindFiles(HostInterface.Builder builder) {
        method(builder, "read", (self, args) -> read(self.asFile(), (Long) args[1], (Long) args[2]));
        method(builder, "read-via-stream", (self, args) -> self.asFile().stream((Long) args[1]));
        method(builder, "advise", (self, args) -> done(self.asFile()));
        method(builder, "sync", (self, args) -> done(self));
        method(builder, "sync-data", (self, args) -> done(self));
        method(builder, "get-flags", (self, args) -> FLAG_READ);
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

    private static void bindRefusals(HostInterface.Builder builder) {
        for (var name : List.of(
                "write-via-stream",
                "append-via-stream",
                "set-size",
                "set-times",
                "write",
                "create-directory-at",
                "set-times-at",
                "link-at",
                "remove-directory-at",
                "rename-at",
                "symlink-at",
                "unlink-file-at")) {
            method(builder, name, (self, args) -> {
                throw ErrorCode.NOT_PERMITTED.refusal();
            });
        }
    }

    private static Object read(OpenFile file, long length, long offset) throws FileRefusedException {
        var bytes = file.read(length, offset);
        return new Object[] {bytes, bytes.length == 0 && length != 0};
    }

    private static FileStat statAt(Descriptor self, Object[] args) throws FileRefusedException {
        return self.asDirectory().stat((String) args[2], follows((Long) args[1]));
    }

    private static Descriptor open(OpenDirectory directory, long pathFlags, String path, long openFlags, long flags)
            throws FileRefusedException {
        if ((openFlags & (OPEN_CREATE | OPEN_TRUNCATE)) != 0 || (flags & FLAG_WRITE) != 0) {
            throw ErrorCode.NOT_PERMITTED.refusal();
        }
        if ((flags & FLAGS_SYNC) != 0) {
            throw ErrorCode.UNSUPPORTED.refusal();
        }
        return directory.open(path, follows(pathFlags), (openFlags & OPEN_DIRECTORY) != 0);
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
            1L,
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
        return new Object[] {entry.stat().kind().index(), entry.name()};
    }

    /** Nothing was written, so there is nothing to do. */
    private static @Nullable Object done(Descriptor self) throws FileRefusedException {
        self.stat();
        return null;
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

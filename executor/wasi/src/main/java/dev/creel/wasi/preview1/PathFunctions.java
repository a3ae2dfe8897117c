package dev.creel.wasi.preview1;

import dev.creel.wasi.filesystem.FileRefusedException;
import dev.creel.wasi.filesystem.OpenDirectory;
import dev.creel.wasi.filesystem.OpenFile;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code path_*}: looking at and opening what is below a directory; changing it is refused. */
final class PathFunctions {
    private static final int SYMLINK_FOLLOW = 1;
    private static final int OPEN_CREATE = 1;
    private static final int OPEN_DIRECTORY = 2;
    private static final int OPEN_TRUNCATE = 8;
    private static final long RIGHT_WRITE = 1 << 6;

    private PathFunctions() {}

    static void bind(Binder binder) {
        binder.bind("path_open", "iiiiiIIii", PathFunctions::open);
        binder.bind(
                "path_filestat_get",
                "iiiii",
                call -> FdFunctions.filestat(
                        call, call.u32(4), directory(call).stat(call.string(2), follows(call.i32(1)))));
        binder.bind("path_readlink", "iiiiii", PathFunctions::readLink);
        binder.bind("path_create_directory", "iii", PathFunctions::notPermitted);
        binder.bind("path_filestat_set_times", "iiiiIIi", PathFunctions::notPermitted);
        binder.bind("path_link", "iiiiiii", PathFunctions::notPermitted);
        binder.bind("path_remove_directory", "iii", PathFunctions::notPermitted);
        binder.bind("path_rename", "iiiiii", PathFunctions::notPermitted);
        binder.bind("path_unlink_file", "iii", PathFunctions::notPermitted);
        binder.bind("path_symlink", "iiiii", call -> {
            call.fds().get(call.i32(2)).directory();
            throw Errno.PERM.thrown();
        });
    }

    private static void open(Call call) throws ErrnoException, FileRefusedException {
        var directory = directory(call);
        var path = call.string(2);
        int how = call.i32(4);
        call.check(call.u32(8), 4);
        if ((how & (OPEN_CREATE | OPEN_TRUNCATE)) != 0 || (call.i64(5) & RIGHT_WRITE) != 0) {
            throw Errno.PERM.thrown();
        }
        var opened = directory.open(path, follows(call.i32(1)), (how & OPEN_DIRECTORY) != 0);
        var fd = switch (opened) {
            case OpenFile file -> new Fd.File(file);
            case OpenDirectory below -> new Fd.Directory(below, Optional.empty());
        };
        fd.flags = call.i32(7);
        call.putU32(call.u32(8), call.fds().add(fd));
    }

    private static void readLink(Call call) throws ErrnoException, FileRefusedException {
        var target = directory(call).readLink(call.string(1)).getBytes(StandardCharsets.UTF_8);
        int count = (int) Math.min(target.length, call.u32(4));
        call.putBytes(call.u32(3), target, count);
        call.putU32(call.u32(5), count);
    }

    private static void notPermitted(Call call) throws ErrnoException {
        directory(call);
        throw Errno.PERM.thrown();
    }

    private static OpenDirectory directory(Call call) throws ErrnoException {
        return call.fds().get(call.i32(0)).directory();
    }

    private static boolean follows(int flags) {
        return (flags & SYMLINK_FOLLOW) != 0;
    }
}

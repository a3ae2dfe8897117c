package dev.creel.wasi.preview1;

import dev.creel.wasi.filesystem.FileRefusedException;
import dev.creel.wasi.filesystem.OpenDirectory;
import dev.creel.wasi.filesystem.OpenFile;
import dev.creel.wasi.filesystem.OpenHow;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code path_*}: looking at, opening and changing what is below a directory. */
final class PathFunctions {
    private static final int SYMLINK_FOLLOW = 1;
    private static final int OPEN_CREATE = 1;
    private static final int OPEN_DIRECTORY = 2;
    private static final int OPEN_EXCLUSIVE = 4;
    private static final int OPEN_TRUNCATE = 8;
    private static final int FLAGS_SYNC = 2 | 8 | 16;
    private static final long RIGHT_READ = 1 << 1;
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
        binder.bind("path_create_directory", "iii", call -> directory(call).makeDirectory(call.string(1)));
        binder.bind("path_remove_directory", "iii", call -> directory(call).removeDirectory(call.string(1)));
        binder.bind("path_unlink_file", "iii", call -> directory(call).removeFile(call.string(1)));
        binder.bind(
                "path_rename",
                "iiiiii",
                call -> directory(call)
                        .rename(call.string(1), call.fds().get(call.i32(3)).directory(), call.string(4)));
        binder.bind(
                "path_symlink",
                "iiiii",
                call -> call.fds().get(call.i32(2)).directory().makeLink(call.string(0), call.string(3)));
        binder.bind("path_link", "iiiiiii", PathFunctions::link);
        binder.bind(
                "path_filestat_set_times",
                "iiiiIIi",
                call -> directory(call)
                        .setTimes(
                                call.string(2),
                                follows(call.i32(1)),
                                NewTimes.accessed(call.i32(6), call.i64(4)),
                                NewTimes.modified(call.i32(6), call.i64(5))));
    }

    private static void open(Call call) throws ErrnoException, FileRefusedException {
        var directory = directory(call);
        var path = call.string(2);
        int flags = call.i32(4);
        long rights = call.i64(5);
        call.check(call.u32(8), 4);
        if ((call.i32(7) & FLAGS_SYNC) != 0) {
            throw Errno.NOTSUP.thrown();
        }
        var how = new OpenHow(
                (flags & OPEN_DIRECTORY) != 0,
                (flags & OPEN_CREATE) != 0,
                (flags & OPEN_EXCLUSIVE) != 0,
                (flags & OPEN_TRUNCATE) != 0,
                (rights & RIGHT_READ) != 0,
                (rights & RIGHT_WRITE) != 0);
        var opened = directory.open(path, follows(call.i32(1)), how);
        var fd = switch (opened) {
            case OpenFile file -> new Fd.File(file);
            case OpenDirectory below -> new Fd.Directory(below, Optional.empty());
        };
        fd.flags = call.i32(7);
        call.putU32(call.u32(8), call.fds().add(fd));
    }

    private static void link(Call call) throws ErrnoException, FileRefusedException {
        if (follows(call.i32(1))) {
            throw Errno.INVAL.thrown();
        }
        directory(call).addName(call.string(2), call.fds().get(call.i32(4)).directory(), call.string(5));
    }

    private static void readLink(Call call) throws ErrnoException, FileRefusedException {
        var target = directory(call).readLink(call.string(1)).getBytes(StandardCharsets.UTF_8);
        int count = (int) Math.min(target.length, call.u32(4));
        call.putBytes(call.u32(3), target, count);
        call.putU32(call.u32(5), count);
    }

    private static OpenDirectory directory(Call call) throws ErrnoException {
        return call.fds().get(call.i32(0)).directory();
    }

    private static boolean follows(int flags) {
        return (flags & SYMLINK_FOLLOW) != 0;
    }
}

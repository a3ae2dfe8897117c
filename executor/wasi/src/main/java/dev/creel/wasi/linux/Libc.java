package dev.creel.wasi.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The functions of the C library that we call, as they are: {@code -1} says that the error is in the state. Java itself has
 * nothing that makes a directory or a link in an open directory. Needs {@code --enable-native-access}; without it, Java
 * complains once and goes on.
 */
final class Libc {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle OPEN_AT =
            bindVariadic(3, "openat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE = bind("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle STAT_AT = bind("statx", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle READ_LINK_AT =
            bind("readlinkat", JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
    private static final MethodHandle MAKE_DIRECTORY_AT = bind("mkdirat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle UNLINK_AT = bind("unlinkat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle RENAME_AT = bind("renameat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    private static final MethodHandle LINK_AT =
            bind("linkat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SYMLINK_AT = bind("symlinkat", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    private static final MethodHandle SET_TIMES_AT = bind("utimensat", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    private static final MethodHandle SET_TIMES = bind("futimens", JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle TRUNCATE = bind("ftruncate", JAVA_INT, JAVA_INT, JAVA_LONG);
    private static final MethodHandle SYNC = bind("fsync", JAVA_INT, JAVA_INT);
    private static final MethodHandle SYNC_DATA = bind("fdatasync", JAVA_INT, JAVA_INT);
    private static final MethodHandle READ_AT = bind("pread", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle WRITE_AT = bind("pwrite", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle WRITE = bind("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle CONTROL = bindVariadic(2, "fcntl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle ENTRIES = bind("getdents64", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);

    private Libc() {}

    static int openAt(MemorySegment state, int directory, MemorySegment path, int flags, int mode) {
        try {
            return (int) OPEN_AT.invokeExact(state, directory, path, flags, mode);
        } catch (Throwable e) {
            throw broken("openat", e);
        }
    }

    static int close(MemorySegment state, int descriptor) {
        try {
            return (int) CLOSE.invokeExact(state, descriptor);
        } catch (Throwable e) {
            throw broken("close", e);
        }
    }

    static int statAt(
            MemorySegment state, int directory, MemorySegment path, int flags, int mask, MemorySegment status) {
        try {
            return (int) STAT_AT.invokeExact(state, directory, path, flags, mask, status);
        } catch (Throwable e) {
            throw broken("statx", e);
        }
    }

    static long readLinkAt(MemorySegment state, int directory, MemorySegment path, MemorySegment buffer, long length) {
        try {
            return (long) READ_LINK_AT.invokeExact(state, directory, path, buffer, length);
        } catch (Throwable e) {
            throw broken("readlinkat", e);
        }
    }

    static int makeDirectoryAt(MemorySegment state, int directory, MemorySegment path, int mode) {
        try {
            return (int) MAKE_DIRECTORY_AT.invokeExact(state, directory, path, mode);
        } catch (Throwable e) {
            throw broken("mkdirat", e);
        }
    }

    static int unlinkAt(MemorySegment state, int directory, MemorySegment path, int flags) {
        try {
            return (int) UNLINK_AT.invokeExact(state, directory, path, flags);
        } catch (Throwable e) {
            throw broken("unlinkat", e);
        }
    }

    static int renameAt(MemorySegment state, int directory, MemorySegment path, int toDirectory, MemorySegment toPath) {
        try {
            return (int) RENAME_AT.invokeExact(state, directory, path, toDirectory, toPath);
        } catch (Throwable e) {
            throw broken("renameat", e);
        }
    }

    static int linkAt(
            MemorySegment state, int directory, MemorySegment path, int toDirectory, MemorySegment toPath, int flags) {
        try {
            return (int) LINK_AT.invokeExact(state, directory, path, toDirectory, toPath, flags);
        } catch (Throwable e) {
            throw broken("linkat", e);
        }
    }

    static int symlinkAt(MemorySegment state, MemorySegment target, int directory, MemorySegment path) {
        try {
            return (int) SYMLINK_AT.invokeExact(state, target, directory, path);
        } catch (Throwable e) {
            throw broken("symlinkat", e);
        }
    }

    static int setTimesAt(MemorySegment state, int directory, MemorySegment path, MemorySegment times, int flags) {
        try {
            return (int) SET_TIMES_AT.invokeExact(state, directory, path, times, flags);
        } catch (Throwable e) {
            throw broken("utimensat", e);
        }
    }

    static int setTimes(MemorySegment state, int descriptor, MemorySegment times) {
        try {
            return (int) SET_TIMES.invokeExact(state, descriptor, times);
        } catch (Throwable e) {
            throw broken("futimens", e);
        }
    }

    static int truncate(MemorySegment state, int descriptor, long size) {
        try {
            return (int) TRUNCATE.invokeExact(state, descriptor, size);
        } catch (Throwable e) {
            throw broken("ftruncate", e);
        }
    }

    static int sync(MemorySegment state, int descriptor) {
        try {
            return (int) SYNC.invokeExact(state, descriptor);
        } catch (Throwable e) {
            throw broken("fsync", e);
        }
    }

    static int syncData(MemorySegment state, int descriptor) {
        try {
            return (int) SYNC_DATA.invokeExact(state, descriptor);
        } catch (Throwable e) {
            throw broken("fdatasync", e);
        }
    }

    static long readAt(MemorySegment state, int descriptor, MemorySegment buffer, long length, long offset) {
        try {
            return (long) READ_AT.invokeExact(state, descriptor, buffer, length, offset);
        } catch (Throwable e) {
            throw broken("pread", e);
        }
    }

    static long writeAt(MemorySegment state, int descriptor, MemorySegment buffer, long length, long offset) {
        try {
            return (long) WRITE_AT.invokeExact(state, descriptor, buffer, length, offset);
        } catch (Throwable e) {
            throw broken("pwrite", e);
        }
    }

    static long write(MemorySegment state, int descriptor, MemorySegment buffer, long length) {
        try {
            return (long) WRITE.invokeExact(state, descriptor, buffer, length);
        } catch (Throwable e) {
            throw broken("write", e);
        }
    }

    static int control(MemorySegment state, int descriptor, int command, int argument) {
        try {
            return (int) CONTROL.invokeExact(state, descriptor, command, argument);
        } catch (Throwable e) {
            throw broken("fcntl", e);
        }
    }

    static long entries(MemorySegment state, int descriptor, MemorySegment buffer, long length) {
        try {
            return (long) ENTRIES.invokeExact(state, descriptor, buffer, length);
        } catch (Throwable e) {
            throw broken("getdents64", e);
        }
    }

    private static MethodHandle bind(String name, MemoryLayout result, MemoryLayout... parameters) {
        return bind(name, FunctionDescriptor.of(result, parameters), Linker.Option.captureCallState("errno"));
    }

    /** From parameter {@code first} on, C's function takes any. */
    private static MethodHandle bindVariadic(int first, String name, MemoryLayout result, MemoryLayout... parameters) {
        return bind(
                name,
                FunctionDescriptor.of(result, parameters),
                Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(first));
    }

    @SuppressWarnings("restricted") // Calling C is what this class is for; the types above are those of its functions.
    private static MethodHandle bind(String name, FunctionDescriptor type, Linker.Option... options) {
        var library = LINKER.defaultLookup();
        // Musl knows one of them without its number.
        var address = library.find(name)
                .or(() -> library.find(name.replace("64", "")))
                .orElseThrow(() -> new UnsupportedOperationException("this operating system has no " + name
                        + ": files of guests need Linux with a C library that knows it"));
        return LINKER.downcallHandle(address, type, options);
    }

    private static RuntimeException broken(String name, Throwable why) {
        return new IllegalStateException("calling " + name, why);
    }
}

package dev.creel.wasi.linux;

import static dev.creel.wasi.linux.HeldFile.check;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

/**
 * An open directory. Its methods take the names of things in it, never paths, and follow no link; so what they touch is in this
 * directory, wherever it has been moved. One thread at a time.
 */
public final class HeldDirectory implements AutoCloseable {
    static final int EMPTY_PATH = 0x1000;
    static final int NO_FOLLOW = 0x100;
    private static final int REMOVE_DIRECTORY = 0x200;
    private static final int HERE = -100;
    private static final int BASIC_STATUS = 0x7FF;

    private static final int O_WRONLY = 1;
    private static final int O_RDWR = 2;
    private static final int O_CREAT = 0x40;
    private static final int O_EXCL = 0x80;
    private static final int O_NOCTTY = 0x100;
    private static final int O_TRUNC = 0x200;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;

    /** These two are the only ones that depend on the processor. */
    private static final boolean ARM =
            Set.of("aarch64", "arm", "ppc64le", "ppc64").contains(System.getProperty("os.arch"));

    private static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;
    private static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;

    private static final int FILE_MODE = 0666;
    private static final int DIRECTORY_MODE = 0777;

    private final int descriptor;
    private boolean closed;

    /** How a file is opened. */
    public enum Opening {
        READ,
        WRITE,
        CREATE,
        EXCLUSIVE,
        TRUNCATE
    }

    private HeldDirectory(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Opens a directory of the host; links on the way are followed. */
    public static HeldDirectory open(Path path) throws LinuxException {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new LinuxException("opening a directory of an operating system that is not Linux", Errors.EOPNOTSUPP);
        }
        return new HeldDirectory(open(HERE, path.toAbsolutePath().toString(), O_DIRECTORY | O_CLOEXEC));
    }

    /** Opens the directory {@code name}; {@code .} is another one like this. */
    public HeldDirectory directory(String name) throws LinuxException {
        return new HeldDirectory(open(descriptor(), name, O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    }

    /** Opens the file {@code name}, never waiting for whoever is at the other end of it. */
    public HeldFile file(String name, Set<Opening> how) throws LinuxException {
        int flags = O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
        if (how.contains(Opening.WRITE)) {
            flags |= how.contains(Opening.READ) ? O_RDWR : O_WRONLY;
        }
        flags |= how.contains(Opening.CREATE) ? O_CREAT : 0;
        flags |= how.contains(Opening.EXCLUSIVE) ? O_EXCL : 0;
        flags |= how.contains(Opening.TRUNCATE) ? O_TRUNC : 0;
        return new HeldFile(open(descriptor(), name, flags));
    }

    /** What this is. */
    public FileStatus status() throws LinuxException {
        return status(descriptor(), "", EMPTY_PATH);
    }

    /** What {@code name} is. */
    public FileStatus status(String name) throws LinuxException {
        return status(descriptor(), name, NO_FOLLOW);
    }

    /** Where the link {@code name} points. */
    public String linkTarget(String name) throws LinuxException {
        var scratch = Scratch.ofThread();
        long count =
                Libc.readLinkAt(scratch.state, descriptor(), scratch.first(name), scratch.buffer, Scratch.BUFFER_BYTES);
        check("reading a link", count, scratch);
        return StandardCharsets.UTF_8
                .decode(scratch.buffer.asSlice(0, count).asByteBuffer())
                .toString();
    }

    /** The names in it. Close them. */
    public HeldEntries entries() throws LinuxException {
        return new HeldEntries(open(descriptor(), ".", O_DIRECTORY | O_CLOEXEC), status().device());
    }

    /** Makes the directory {@code name}. */
    public void makeDirectory(String name) throws LinuxException {
        var scratch = Scratch.ofThread();
        check(
                "making a directory",
                Libc.makeDirectoryAt(scratch.state, descriptor(), scratch.first(name), DIRECTORY_MODE),
                scratch);
    }

    /** Makes the symbolic link {@code name}; nobody looks whether {@code target} is there. */
    public void makeLink(String target, String name) throws LinuxException {
        var scratch = Scratch.ofThread();
        check(
                "making a link",
                Libc.symlinkAt(scratch.state, scratch.first(target), descriptor(), scratch.second(name)),
                scratch);
    }

    /** Gives {@code name} another name. */
    public void addName(String name, HeldDirectory to, String other) throws LinuxException {
        var scratch = Scratch.ofThread();
        check(
                "linking",
                Libc.linkAt(
                        scratch.state, descriptor(), scratch.first(name), to.descriptor(), scratch.second(other), 0),
                scratch);
    }

    /** Moves {@code name}. */
    public void rename(String name, HeldDirectory to, String other) throws LinuxException {
        var scratch = Scratch.ofThread();
        check(
                "renaming",
                Libc.renameAt(scratch.state, descriptor(), scratch.first(name), to.descriptor(), scratch.second(other)),
                scratch);
    }

    /** Removes {@code name}, which is no directory. */
    public void removeFile(String name) throws LinuxException {
        remove(name, 0);
    }

    /** Removes the empty directory {@code name}. */
    public void removeDirectory(String name) throws LinuxException {
        remove(name, REMOVE_DIRECTORY);
    }

    /** Sets the times of {@code name}. */
    public void setTimes(String name, NewTime accessed, NewTime modified) throws LinuxException {
        var scratch = Scratch.ofThread();
        check(
                "setting times",
                Libc.setTimesAt(
                        scratch.state,
                        descriptor(),
                        scratch.first(name),
                        NewTime.put(scratch.times, accessed, modified),
                        NO_FOLLOW),
                scratch);
    }

    /** Sets its own times. */
    public void setTimes(NewTime accessed, NewTime modified) throws LinuxException {
        setTimes(descriptor(), accessed, modified);
    }

    /** Returns when the disk has its entries. */
    public void sync() throws LinuxException {
        var scratch = Scratch.ofThread();
        check("syncing", Libc.sync(scratch.state, descriptor()), scratch);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Libc.close(Scratch.ofThread().state, descriptor);
        }
    }

    static FileStatus status(int directory, String name, int flags) throws LinuxException {
        var scratch = Scratch.ofThread();
        check(
                "looking",
                Libc.statAt(scratch.state, directory, scratch.first(name), flags, BASIC_STATUS, scratch.status),
                scratch);
        return FileStatus.of(scratch.status);
    }

    static void setTimes(int descriptor, NewTime accessed, NewTime modified) throws LinuxException {
        var scratch = Scratch.ofThread();
        MemorySegment times = NewTime.put(scratch.times, accessed, modified);
        check("setting times", Libc.setTimes(scratch.state, descriptor, times), scratch);
    }

    private void remove(String name, int flags) throws LinuxException {
        var scratch = Scratch.ofThread();
        check("removing", Libc.unlinkAt(scratch.state, descriptor(), scratch.first(name), flags), scratch);
    }

    private static int open(int directory, String name, int flags) throws LinuxException {
        var scratch = Scratch.ofThread();
        return (int)
                check("opening", Libc.openAt(scratch.state, directory, scratch.first(name), flags, FILE_MODE), scratch);
    }

    /** Never used once it is closed: the number may be another one's by then. */
    private int descriptor() throws LinuxException {
        return HeldFile.open(descriptor, closed);
    }
}

package dev.creel.wasi.filesystem;

import dev.creel.wasi.context.Preopen;
import dev.creel.wasi.filesystem.PathWalk.Last;
import dev.creel.wasi.filesystem.PathWalk.Place;
import dev.creel.wasi.linux.HeldDirectory;
import dev.creel.wasi.linux.HeldDirectory.Opening;
import dev.creel.wasi.linux.LinuxException;
import dev.creel.wasi.linux.NewTime;
import java.nio.file.Path;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * A directory, from which paths lead only downwards. It is held by a file descriptor of the host, and every step below it is
 * taken from one held directory to the next without following links ({@link PathWalk}), as is what is done at the end: renaming
 * directories or swapping in links meanwhile leads nowhere else. Used by the guest's thread.
 */
public final class OpenDirectory extends Descriptor {
    private final OpenFiles files;
    private final Path path;
    private final boolean writable;
    private @Nullable HeldDirectory held;
    private boolean closed;

    private OpenDirectory(OpenFiles files, Path path, boolean writable, @Nullable HeldDirectory held) {
        this.files = files;
        this.path = path;
        this.writable = writable;
        this.held = held;
        files.opened(this);
    }

    /** A directory of the host, opened when it is first used. */
    static OpenDirectory preopened(OpenFiles files, Preopen preopen) throws FileRefusedException {
        files.checkRoom();
        return new OpenDirectory(files, preopen.directory(), preopen.writable(), null);
    }

    @Override
    public OpenDirectory asDirectory() {
        return this;
    }

    @Override
    public boolean writable() {
        return writable;
    }

    @Override
    public FileStat stat() throws FileRefusedException {
        try {
            return FileStat.of(held().status());
        } catch (LinuxException e) {
            throw FileRefusedException.of(e);
        }
    }

    @Override
    public void setTimes(NewTime accessed, NewTime modified) throws FileRefusedException {
        mustBeWritable();
        try {
            held().setTimes(accessed, modified);
        } catch (LinuxException e) {
            throw FileRefusedException.of(e);
        }
    }

    @Override
    public void sync(boolean metadata) throws FileRefusedException {
        if (!writable) {
            // Nothing was written through it.
            return;
        }
        try {
            held().sync();
        } catch (LinuxException e) {
            throw FileRefusedException.of(e);
        }
    }

    /** What {@code below} leads to; a link at its end is followed only if {@code follow}. */
    public FileStat stat(String below, boolean follow) throws FileRefusedException {
        return at(below, last(follow), Place::stat);
    }

    /** Where the link that {@code below} leads to points; never out of here by an absolute path. */
    public String readLink(String below) throws FileRefusedException {
        return at(below, Last.LOOK, place -> {
            if (place.stat().kind() != FileKind.SYMBOLIC_LINK) {
                throw ErrorCode.INVALID.refusal();
            }
            var target = place.parent().linkTarget(place.name());
            if (target.startsWith("/")) {
                throw ErrorCode.NOT_PERMITTED.refusal();
            }
            return target;
        });
    }

    /** Opens what {@code below} leads to, or makes it. */
    public Descriptor open(String below, boolean follow, OpenHow how) throws FileRefusedException {
        if (how.writes()) {
            mustBeWritable();
        }
        how.check();
        files.checkRoom();
        // What must not be there is not looked for behind a link either.
        return at(below, how.fresh() ? Last.ENTRY : last(follow), place -> open(place, how));
    }

    private Descriptor open(Place place, OpenHow how) throws LinuxException, FileRefusedException {
        if (place.found().isEmpty()) {
            return create(place, how);
        }
        if (how.fresh()) {
            throw ErrorCode.EXIST.refusal();
        }
        var kind = place.stat().kind();
        if (how.directory() && kind != FileKind.DIRECTORY) {
            throw ErrorCode.NOT_DIRECTORY.refusal();
        }
        return switch (kind) {
            case DIRECTORY -> openDirectory(place, how);
            case REGULAR_FILE -> openFile(place, how);
            case SYMBOLIC_LINK -> throw ErrorCode.LOOP.refusal();
            case UNKNOWN, BLOCK_DEVICE, CHARACTER_DEVICE, FIFO, SOCKET -> throw ErrorCode.NOT_PERMITTED.refusal();
        };
    }

    private OpenFile create(Place place, OpenHow how) throws LinuxException, FileRefusedException {
        if (!how.create()) {
            throw ErrorCode.NO_ENTRY.refusal();
        }
        if (place.slash()) {
            throw ErrorCode.IS_DIRECTORY.refusal();
        }
        return openFile(place, how);
    }

    private OpenDirectory openDirectory(Place place, OpenHow how) throws LinuxException, FileRefusedException {
        if (how.writes()) {
            throw ErrorCode.IS_DIRECTORY.refusal();
        }
        return new OpenDirectory(files, path, writable, place.parent().directory(place.name()));
    }

    private OpenFile openFile(Place place, OpenHow how) throws LinuxException, FileRefusedException {
        var opening = EnumSet.noneOf(Opening.class);
        add(opening, Opening.READ, how.reads());
        add(opening, Opening.WRITE, how.writes());
        add(opening, Opening.CREATE, how.create());
        add(opening, Opening.EXCLUSIVE, how.fresh());
        add(opening, Opening.TRUNCATE, how.truncate());
        var file = place.parent().file(place.name(), opening);
        // Between looking and opening, something else may have come.
        if (FileKind.of(file.status().mode()) != FileKind.REGULAR_FILE) {
            file.close();
            throw ErrorCode.NOT_PERMITTED.refusal();
        }
        return new OpenFile(files, file, new OpenFile.Access(writable, how.reads(), how.writes()));
    }

    private static void add(EnumSet<Opening> to, Opening one, boolean wanted) {
        if (wanted) {
            to.add(one);
        }
    }

    /** The names in it. */
    public EntryStream entries() throws FileRefusedException {
        files.checkRoom();
        try {
            return new EntryStream(files, held().entries());
        } catch (LinuxException e) {
            throw FileRefusedException.of(e);
        }
    }

    /** Makes a directory. */
    public void makeDirectory(String below) throws FileRefusedException {
        change(below, place -> place.parent().makeDirectory(place.name()));
    }

    /** Makes a symbolic link that points to {@code target}, which is relative; whether it is there does not matter. */
    public void makeLink(String target, String below) throws FileRefusedException {
        mustBeWritable();
        if (target.startsWith("/")) {
            throw ErrorCode.NOT_PERMITTED.refusal();
        }
        change(below, place -> {
            mustNotEndWithSlash(place);
            place.parent().makeLink(target, place.name());
        });
    }

    /** Removes what is no directory. */
    public void removeFile(String below) throws FileRefusedException {
        change(below, place -> {
            if (place.stat().kind() == FileKind.DIRECTORY) {
                throw ErrorCode.IS_DIRECTORY.refusal();
            }
            place.parent().removeFile(place.name());
        });
    }

    /** Removes an empty directory. */
    public void removeDirectory(String below) throws FileRefusedException {
        change(below, place -> {
            if (place.stat().kind() != FileKind.DIRECTORY) {
                throw ErrorCode.NOT_DIRECTORY.refusal();
            }
            place.parent().removeDirectory(place.name());
        });
    }

    /** Moves {@code below} to {@code other} below {@code to}; what is there already is replaced, as the system does it. */
    public void rename(String below, OpenDirectory to, String other) throws FileRefusedException {
        to.mustBeWritable();
        change(
                below,
                from -> to.change(other, place -> {
                    var moved = from.stat();
                    if (place.slash() && moved.kind() != FileKind.DIRECTORY) {
                        throw ErrorCode.NOT_DIRECTORY.refusal();
                    }
                    from.parent().rename(from.name(), place.parent(), place.name());
                }));
    }

    /** Gives the file {@code below} another name. */
    public void addName(String below, OpenDirectory to, String other) throws FileRefusedException {
        to.mustBeWritable();
        change(
                below,
                from -> to.change(other, place -> {
                    if (from.stat().kind() == FileKind.DIRECTORY) {
                        throw ErrorCode.NOT_PERMITTED.refusal();
                    }
                    mustNotEndWithSlash(place);
                    from.parent().addName(from.name(), place.parent(), place.name());
                }));
    }

    /** Sets the times of what {@code below} leads to. */
    public void setTimes(String below, boolean follow, NewTime accessed, NewTime modified) throws FileRefusedException {
        mustBeWritable();
        at(below, last(follow), place -> {
            place.stat();
            place.parent().setTimes(place.name(), accessed, modified);
            return place;
        });
    }

    @Override
    public void close() {
        closed = true;
        files.closed(this);
        if (held != null) {
            held.close();
            held = null;
        }
    }

    /** A new name ends with a slash only if it is a directory's. */
    private static void mustNotEndWithSlash(Place place) throws FileRefusedException {
        if (place.slash()) {
            place.stat();
            throw ErrorCode.EXIST.refusal();
        }
    }

    private static Last last(boolean follow) {
        return follow ? Last.FOLLOW : Last.LOOK;
    }

    private interface At<T> {
        T found(Place place) throws LinuxException, FileRefusedException;
    }

    private interface Change {
        void at(Place place) throws LinuxException, FileRefusedException;
    }

    private void change(String below, Change change) throws FileRefusedException {
        mustBeWritable();
        at(below, Last.ENTRY, place -> {
            change.at(place);
            return place;
        });
    }

    private <T> T at(String below, Last last, At<T> action) throws FileRefusedException {
        try (var walk = new PathWalk(held())) {
            return action.found(walk.to(below, last));
        } catch (LinuxException e) {
            throw FileRefusedException.of(e);
        }
    }

    private HeldDirectory held() throws LinuxException, FileRefusedException {
        if (closed) {
            throw ErrorCode.BAD_DESCRIPTOR.refusal();
        }
        var directory = held;
        if (directory == null) {
            directory = HeldDirectory.open(path);
            held = directory;
        }
        return directory;
    }
}

package dev.creel.wasi.filesystem;

import dev.creel.wasi.linux.Errors;
import dev.creel.wasi.linux.HeldDirectory;
import dev.creel.wasi.linux.LinuxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * One walk along a guest's path, part by part. Each directory on the way is opened from the one before, never through a link;
 * links are read and walked as more parts; {@code ..} goes back to the directory we came from, and never above the first. So
 * whatever the path says and whoever changes the tree meanwhile, the end is below the beginning.
 */
final class PathWalk implements AutoCloseable {
    private static final int LINKS_MAX = 40;
    private static final int PATH_BYTES_MAX = 4095;
    private static final int NAME_BYTES_MAX = 255;
    private static final String ITSELF = ".";

    private final HeldDirectory start;
    private final Deque<HeldDirectory> below = new ArrayDeque<>();
    private final Deque<String> parts = new ArrayDeque<>();
    private boolean slash;
    private int links;

    /** What to do with a link at the end of the path. */
    enum Last {
        /** Go where it points. */
        FOLLOW,
        /** Look at the link itself, unless a slash after it says that it must be a directory. */
        LOOK,
        /** Take it as an entry of its directory, whatever follows it. */
        ENTRY
    }

    /**
     * The end of a walk. Good until the walk closes.
     *
     * @param parent the directory it is in, or itself
     * @param name its name there; {@code .} if it is the parent itself
     * @param found what it is; empty if it is not there
     * @param slash whether the path ended with a slash: only a directory will do
     */
    record Place(HeldDirectory parent, String name, Optional<FileStat> found, boolean slash) {
        /** What it is, if it is there. */
        FileStat stat() throws FileRefusedException {
            var stat = found.orElseThrow(ErrorCode.NO_ENTRY::refusal);
            if (slash && stat.kind() != FileKind.DIRECTORY) {
                throw ErrorCode.NOT_DIRECTORY.refusal();
            }
            return stat;
        }
    }

    PathWalk(HeldDirectory start) {
        this.start = start;
    }

    /** Walks to the end of {@code path}; everything before the end must be there. */
    Place to(String path, Last last) throws LinuxException, FileRefusedException {
        if (path.getBytes(StandardCharsets.UTF_8).length > PATH_BYTES_MAX) {
            throw ErrorCode.NAME_TOO_LONG.refusal();
        }
        if (path.isEmpty()) {
            throw ErrorCode.NO_ENTRY.refusal();
        }
        prepend(path);
        while (!parts.isEmpty()) {
            var part = parts.pop();
            if (part.equals("..")) {
                up();
            } else if (!part.isEmpty() && !part.equals(ITSELF)) {
                var place = look(part);
                if (isLink(place) && follows(last)) {
                    followLink(place);
                } else if (parts.isEmpty()) {
                    return place;
                } else {
                    down(place);
                }
            }
        }
        return new Place(here(), ITSELF, Optional.of(FileStat.of(here().status())), slash);
    }

    @Override
    public void close() {
        below.forEach(HeldDirectory::close);
        below.clear();
    }

    private HeldDirectory here() {
        return below.isEmpty() ? start : below.peek();
    }

    private Place look(String part) throws LinuxException, FileRefusedException {
        var name = name(part);
        try {
            return new Place(here(), name, Optional.of(FileStat.of(here().status(name))), slash);
        } catch (LinuxException e) {
            if (e.number() == Errors.ENOENT && parts.isEmpty()) {
                return new Place(here(), name, Optional.empty(), slash);
            }
            throw e;
        }
    }

    private static boolean isLink(Place place) {
        return place.found()
                .filter(stat -> stat.kind() == FileKind.SYMBOLIC_LINK)
                .isPresent();
    }

    private boolean follows(Last last) {
        if (!parts.isEmpty()) {
            return true;
        }
        return switch (last) {
            case FOLLOW -> true;
            case LOOK -> slash;
            case ENTRY -> false;
        };
    }

    private void down(Place place) throws LinuxException, FileRefusedException {
        if (place.stat().kind() != FileKind.DIRECTORY) {
            throw ErrorCode.NOT_DIRECTORY.refusal();
        }
        below.push(place.parent().directory(place.name()));
    }

    private void up() throws FileRefusedException {
        if (below.isEmpty()) {
            throw ErrorCode.NOT_PERMITTED.refusal();
        }
        below.pop().close();
    }

    private void followLink(Place link) throws LinuxException, FileRefusedException {
        if (++links > LINKS_MAX) {
            throw ErrorCode.LOOP.refusal();
        }
        prepend(link.parent().linkTarget(link.name()));
    }

    private void prepend(String path) throws FileRefusedException {
        if (path.startsWith("/")) {
            throw ErrorCode.NOT_PERMITTED.refusal();
        }
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        if (parts.isEmpty()) {
            slash |= end < path.length();
        }
        var split = path.substring(0, end).split("/", -1);
        for (int i = split.length - 1; i >= 0; i--) {
            parts.push(split[i]);
        }
    }

    private static String name(String part) throws FileRefusedException {
        if (part.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES_MAX) {
            throw ErrorCode.NAME_TOO_LONG.refusal();
        }
        if (part.indexOf('\0') >= 0) {
            throw ErrorCode.INVALID.refusal();
        }
        return part;
    }
}

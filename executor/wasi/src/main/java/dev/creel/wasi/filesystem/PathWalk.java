package dev.creel.wasi.filesystem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One walk along a guest's path, part by part. Each directory on the way is opened from the one before, never through a link;
 * links are read and walked as more parts; {@code ..} goes back to the directory we came from, and never above the first. So
 * whatever the path says and whoever changes the tree meanwhile, the end is below the beginning.
 */
final class PathWalk implements AutoCloseable {
    private static final int LINKS_MAX = 40;
    private static final int PATH_BYTES_MAX = 4096;
    private static final int NAME_BYTES_MAX = 255;

    private final Level start;
    private final Deque<Level> below = new ArrayDeque<>();
    private final Deque<String> parts = new ArrayDeque<>();
    private int links;

    /** A directory on the way, and where it is: the path serves only to read links and is not trusted. */
    private record Level(Path path, SecureDirectoryStream<Path> stream) {}

    /**
     * The end of a walk. Good until the walk closes.
     *
     * @param path where it is, without links
     * @param parent the directory it is in, or itself
     * @param name its name there; {@code .} if it is the parent itself
     * @param stat what it is
     */
    record Place(Path path, SecureDirectoryStream<Path> parent, Path name, FileStat stat) {
        String linkTarget() throws IOException, FileRefusedException {
            if (stat.kind() != FileKind.SYMBOLIC_LINK) {
                throw ErrorCode.INVALID.refusal();
            }
            return target(path);
        }
    }

    PathWalk(Path path, SecureDirectoryStream<Path> stream) {
        start = new Level(path, stream);
    }

    /** Walks to the end of {@code path}; a link there is followed only if {@code follow}. */
    Place to(String path, boolean follow) throws IOException, FileRefusedException {
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
            } else if (!part.isEmpty() && !part.equals(".")) {
                var place = look(name(part));
                boolean last = parts.isEmpty();
                if (place.stat().kind() == FileKind.SYMBOLIC_LINK && (follow || !last)) {
                    followLink(place);
                } else if (last) {
                    return place;
                } else {
                    down(place);
                }
            }
        }
        var here = here();
        return new Place(here.path(), here.stream(), Path.of("."), OpenDirectory.stat(here.stream()));
    }

    @Override
    public void close() {
        below.forEach(level -> Closing.quietly(level.stream()));
        below.clear();
    }

    private Level here() {
        return below.isEmpty() ? start : below.peek();
    }

    private Place look(Path name) throws IOException {
        var here = here();
        var view = here.stream().getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        return new Place(here.path().resolve(name), here.stream(), name, FileStat.of(view.readAttributes()));
    }

    private void down(Place place) throws IOException, FileRefusedException {
        if (place.stat().kind() != FileKind.DIRECTORY) {
            throw ErrorCode.NOT_DIRECTORY.refusal();
        }
        below.push(new Level(place.path(), OpenDirectory.open(place.parent(), place.name())));
    }

    private void up() throws FileRefusedException {
        if (below.isEmpty()) {
            throw ErrorCode.NOT_PERMITTED.refusal();
        }
        Closing.quietly(below.pop().stream());
    }

    private void followLink(Place link) throws IOException, FileRefusedException {
        if (++links > LINKS_MAX) {
            throw ErrorCode.LOOP.refusal();
        }
        prepend(target(link.path()));
    }

    /** An empty last part, after a slash, means the directory before it: that part is then not the last. */
    private void prepend(String path) throws FileRefusedException {
        if (path.startsWith("/")) {
            throw ErrorCode.NOT_PERMITTED.refusal();
        }
        var split = path.split("/", -1);
        for (int i = split.length - 1; i >= 0; i--) {
            parts.push(split[i]);
        }
    }

    private static Path name(String part) throws FileRefusedException {
        if (part.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES_MAX) {
            throw ErrorCode.NAME_TOO_LONG.refusal();
        }
        if (part.indexOf('\0') >= 0) {
            throw ErrorCode.INVALID.refusal();
        }
        try {
            return Path.of(part);
        } catch (InvalidPathException e) {
            throw ErrorCode.ILLEGAL_BYTE_SEQUENCE.refusal();
        }
    }

    private static String target(Path link) throws IOException, FileRefusedException {
        var target = Files.readSymbolicLink(link).toString();
        if (target.startsWith("/")) {
            throw ErrorCode.NOT_PERMITTED.refusal();
        }
        return target;
    }
}

package dev.creel.wasi.filesystem;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory, from which paths lead only downwards. It is held by a file descriptor of the host, and every step below it is
 * taken from one held directory to the next without following links ({@link PathWalk}): renaming directories or swapping in
 * links meanwhile leads nowhere else. Used by the guest's thread.
 */
public final class OpenDirectory extends Descriptor {
    private static final Path ITSELF = Path.of(".");

    private final OpenFiles files;
    private final Path path;
    private @Nullable SecureDirectoryStream<Path> held;
    private boolean closed;

    private OpenDirectory(OpenFiles files, Path path, @Nullable SecureDirectoryStream<Path> held) {
        this.files = files;
        this.path = path;
        this.held = held;
        files.opened(this);
    }

    /** A directory of the host, opened when it is first used. */
    static OpenDirectory preopened(OpenFiles files, Path path) throws FileRefusedException {
        files.checkRoom();
        return new OpenDirectory(files, path, null);
    }

    @Override
    public OpenDirectory asDirectory() {
        return this;
    }

    @Override
    public FileStat stat() throws FileRefusedException {
        try {
            return stat(stream());
        } catch (IOException e) {
            throw FileRefusedException.of(e);
        }
    }

    /** What {@code below} leads to; a link at its end is followed only if {@code follow}. */
    public FileStat stat(String below, boolean follow) throws FileRefusedException {
        try (var walk = new PathWalk(path, stream())) {
            return walk.to(below, follow).stat();
        } catch (IOException e) {
            throw FileRefusedException.of(e);
        }
    }

    /** Where the link that {@code below} leads to points; never out of here by an absolute path. */
    public String readLink(String below) throws FileRefusedException {
        try (var walk = new PathWalk(path, stream())) {
            return walk.to(below, false).linkTarget();
        } catch (IOException e) {
            throw FileRefusedException.of(e);
        }
    }

    /**
     * Opens what {@code below} leads to, for reading.
     *
     * @param directory whether only a directory will do
     */
    public Descriptor open(String below, boolean follow, boolean directory) throws FileRefusedException {
        files.checkRoom();
        try (var walk = new PathWalk(path, stream())) {
            var place = walk.to(below, follow);
            var kind = place.stat().kind();
            if (directory && kind != FileKind.DIRECTORY) {
                throw ErrorCode.NOT_DIRECTORY.refusal();
            }
            return switch (kind) {
                case DIRECTORY -> new OpenDirectory(files, place.path(), open(place.parent(), place.name()));
                case REGULAR_FILE -> openFile(place);
                case SYMBOLIC_LINK -> throw ErrorCode.LOOP.refusal();
                case UNKNOWN, BLOCK_DEVICE, CHARACTER_DEVICE, FIFO, SOCKET -> throw ErrorCode.NOT_PERMITTED.refusal();
            };
        } catch (IOException e) {
            throw FileRefusedException.of(e);
        }
    }

    /** The names in it. */
    public EntryStream entries() throws FileRefusedException {
        files.checkRoom();
        try {
            return new EntryStream(files, open(stream(), ITSELF));
        } catch (IOException e) {
            throw FileRefusedException.of(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        files.closed(this);
        if (held != null) {
            Closing.quietly(held);
            held = null;
        }
    }

    /** Opens a directory in {@code parent} without following a link. */
    static SecureDirectoryStream<Path> open(SecureDirectoryStream<Path> parent, Path name) throws IOException {
        return parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    }

    static FileStat stat(SecureDirectoryStream<Path> directory) throws IOException {
        return FileStat.of(
                directory.getFileAttributeView(BasicFileAttributeView.class).readAttributes());
    }

    private OpenFile openFile(PathWalk.Place place) throws IOException {
        var channel =
                place.parent().newByteChannel(place.name(), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        if (channel instanceof FileChannel file) {
            return new OpenFile(files, file, place.stat());
        }
        channel.close();
        throw new IOException("this file system has no file channels");
    }

    private SecureDirectoryStream<Path> stream() throws IOException, FileRefusedException {
        if (closed) {
            throw ErrorCode.BAD_DESCRIPTOR.refusal();
        }
        var stream = held;
        if (stream == null) {
            stream = secure(path);
            held = stream;
        }
        return stream;
    }

    @SuppressWarnings("StreamResourceLeak") // The descriptor keeps it and closes it.
    private static SecureDirectoryStream<Path> secure(Path path) throws IOException {
        var stream = Files.newDirectoryStream(path);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        stream.close();
        throw new IOException("this operating system cannot hold directories open, which preopens need");
    }
}

package dev.creel.wasi.filesystem;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.Iterator;
import java.util.Optional;

/** The resource {@code directory-entry-stream}: names in a directory, without {@code .} and {@code ..}. */
public final class EntryStream implements Openable {
    private final OpenFiles files;
    private final SecureDirectoryStream<Path> stream;
    private final Iterator<Path> names;

    /** A name in a directory. */
    public record Entry(String name, FileStat stat) {}

    EntryStream(OpenFiles files, SecureDirectoryStream<Path> stream) {
        this.files = files;
        this.stream = stream;
        this.names = stream.iterator();
        files.opened(this);
    }

    /** The next one, or empty at the end. */
    public Optional<Entry> next() throws FileRefusedException {
        try {
            while (names.hasNext()) {
                var name = names.next().getFileName();
                var found = stat(name);
                if (found.isPresent()) {
                    return Optional.of(new Entry(name.toString(), found.get()));
                }
            }
            return Optional.empty();
        } catch (DirectoryIteratorException e) {
            var cause = e.getCause();
            throw cause == null ? ErrorCode.IO.refusal() : FileRefusedException.of(cause);
        }
    }

    /** Empty if it is gone meanwhile. */
    private Optional<FileStat> stat(Path name) throws FileRefusedException {
        try {
            var view = stream.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            return Optional.of(FileStat.of(view.readAttributes()));
        } catch (java.nio.file.NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw FileRefusedException.of(e);
        }
    }

    @Override
    public void close() {
        files.closed(this);
        Closing.quietly(stream);
    }
}

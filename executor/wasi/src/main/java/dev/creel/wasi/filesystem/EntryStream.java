package dev.creel.wasi.filesystem;

import dev.creel.wasi.linux.Errors;
import dev.creel.wasi.linux.HeldEntries;
import dev.creel.wasi.linux.LinuxException;
import java.util.Optional;

/** The resource {@code directory-entry-stream}: names in a directory, without {@code .} and {@code ..}. */
public final class EntryStream implements Openable {
    private final OpenFiles files;
    private final HeldEntries entries;

    /** A name in a directory. */
    public record Entry(String name, FileKind kind, FileStat.Identity identity) {}

    EntryStream(OpenFiles files, HeldEntries entries) {
        this.files = files;
        this.entries = entries;
        files.opened(this);
    }

    /** The next one, or empty at the end. A name that is no UTF-8 is an error; the stream goes on after it. */
    public Optional<Entry> next() throws FileRefusedException {
        try {
            for (var next = entries.next(); next.isPresent(); next = entries.next()) {
                var name = next.get().name().orElseThrow(ErrorCode.ILLEGAL_BYTE_SEQUENCE::refusal);
                var kind = FileKind.of(next.get().type());
                if (kind != FileKind.UNKNOWN) {
                    return Optional.of(new Entry(
                            name,
                            kind,
                            new FileStat.Identity(
                                    next.get().device(), next.get().inode())));
                }
                // Not every file system says what its entries are.
                var looked = look(name);
                if (looked.isPresent()) {
                    return looked;
                }
            }
            return Optional.empty();
        } catch (LinuxException e) {
            throw FileRefusedException.of(e);
        }
    }

    /** Empty if it is gone meanwhile. */
    private Optional<Entry> look(String name) throws LinuxException {
        try {
            var stat = FileStat.of(entries.status(name));
            return Optional.of(new Entry(name, stat.kind(), stat.identity()));
        } catch (LinuxException e) {
            if (e.number() == Errors.ENOENT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        files.closed(this);
        entries.close();
    }
}

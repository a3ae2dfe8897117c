package dev.creel.wasi.preview1;

import dev.creel.wasi.filesystem.Descriptor;
import dev.creel.wasi.filesystem.EntryStream;
import dev.creel.wasi.filesystem.FileRefusedException;
import dev.creel.wasi.filesystem.FileStat;
import dev.creel.wasi.filesystem.OpenDirectory;
import dev.creel.wasi.filesystem.OpenFile;
import dev.creel.wasi.io.InputStream;
import dev.creel.wasi.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a file descriptor of a guest is. */
abstract sealed class Fd {
    /** The {@code fdflags} that the guest set. */
    int flags;

    /** This, if it is a directory. */
    OpenDirectory directory() throws ErrnoException {
        throw Errno.NOTDIR.thrown();
    }

    /** This, if it is a file. */
    File file() throws ErrnoException {
        throw Errno.BADF.thrown();
    }

    /** This, if it is something of a file system. */
    Descriptor open() throws ErrnoException {
        throw Errno.BADF.thrown();
    }

    /** What there is to know about it; empty for streams. */
    abstract Optional<FileStat> stat() throws FileRefusedException;

    abstract void close();

    /** Standard input. */
    static final class Input extends Fd {
        final InputStream stream;

        Input(InputStream stream) {
            this.stream = stream;
        }

        @Override
        Optional<FileStat> stat() {
            return Optional.empty();
        }

        @Override
        void close() {}
    }

    /** Standard output or error. */
    static final class Output extends Fd {
        final OutputStream stream;

        Output(OutputStream stream) {
            this.stream = stream;
        }

        @Override
        Optional<FileStat> stat() {
            return Optional.empty();
        }

        @Override
        void close() {}
    }

    /** A file, read and written from a position. */
    static final class File extends Fd {
        final OpenFile open;
        long position;

        File(OpenFile open) {
            this.open = open;
        }

        @Override
        File file() {
            return this;
        }

        @Override
        Descriptor open() {
            return open;
        }

        @Override
        Optional<FileStat> stat() throws FileRefusedException {
            return Optional.of(open.stat());
        }

        @Override
        void close() {
            open.close();
        }
    }

    /** A directory. */
    static final class Directory extends Fd {
        final OpenDirectory open;
        final Optional<String> preopen;
        private List<EntryStream.Entry> entries = List.of();

        Directory(OpenDirectory open, Optional<String> preopen) {
            this.open = open;
            this.preopen = preopen;
        }

        /** Its entries; read again whenever the guest starts from the beginning, so that its cookies stay good meanwhile. */
        List<EntryStream.Entry> entries(boolean again) throws FileRefusedException {
            if (again) {
                var list = new ArrayList<EntryStream.Entry>();
                var itself = open.stat();
                list.add(new EntryStream.Entry(".", itself.kind(), itself.identity()));
                list.add(new EntryStream.Entry("..", itself.kind(), itself.identity()));
                try (var stream = open.entries()) {
                    for (var next = stream.next(); next.isPresent(); next = stream.next()) {
                        list.add(next.get());
                    }
                }
                entries = list;
            }
            return entries;
        }

        @Override
        OpenDirectory directory() {
            return open;
        }

        @Override
        Descriptor open() {
            return open;
        }

        @Override
        Optional<FileStat> stat() throws FileRefusedException {
            return Optional.of(open.stat());
        }

        @Override
        void close() {
            open.close();
        }
    }
}

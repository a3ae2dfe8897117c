package dev.creel.wasi.preview1;

import dev.creel.component.core.TrapException;
import dev.creel.component.host.Store;
import dev.creel.wasi.context.WasiContext;
import dev.creel.wasi.filesystem.FileRefusedException;
import dev.creel.wasi.filesystem.OpenFiles;
import java.util.Optional;
import java.util.TreeMap;

/** A store's file descriptors by number: 0 to 2 are its standard streams, then come its preopens. */
final class FdTable {
    private final TreeMap<Integer, Fd> fds = new TreeMap<>();

    private FdTable(Store store) {
        var context = store.context(WasiContext.class);
        fds.put(0, new Fd.Input(context.stdin()));
        fds.put(1, new Fd.Output(context.stdout()));
        fds.put(2, new Fd.Output(context.stderr()));
        try {
            for (var mount : OpenFiles.of(store).mounts()) {
                add(new Fd.Directory(mount.directory(), Optional.of(mount.guestPath())));
            }
        } catch (FileRefusedException e) {
            throw new TrapException("the limit of open files leaves no room for the preopens", e);
        }
    }

    static FdTable of(Store store) {
        return store.context(FdTable.class, () -> new FdTable(store));
    }

    Fd get(int number) throws ErrnoException {
        var fd = fds.get(number);
        if (fd == null) {
            throw Errno.BADF.thrown();
        }
        return fd;
    }

    /** Gives {@code fd} the lowest free number. */
    int add(Fd fd) {
        int number = 0;
        while (fds.containsKey(number)) {
            number++;
        }
        fds.put(number, fd);
        return number;
    }

    void close(int number) throws ErrnoException {
        get(number).close();
        fds.remove(number);
    }

    /** Moves {@code from} over {@code to}, which closes. */
    void renumber(int from, int to) throws ErrnoException {
        var moved = get(from);
        var replaced = get(to);
        if (from != to) {
            replaced.close();
            fds.remove(from);
            fds.put(to, moved);
        }
    }
}

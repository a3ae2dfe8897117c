package dev.creel.wasi.filesystem;

import dev.creel.component.host.Store;
import dev.creel.wasi.context.WasiContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** What one store's guest has open: counted against the limit, closed with the store. Used by the guest's thread. */
public final class OpenFiles {
    private final WasiContext context;
    private final Set<Openable> open = Collections.newSetFromMap(new IdentityHashMap<>());

    /** A preopened directory under the guest's name for it. */
    public record Mount(String guestPath, OpenDirectory directory) {}

    private OpenFiles(WasiContext context) {
        this.context = context;
    }

    /** Those of {@code store}, which must have a {@link WasiContext}. */
    public static OpenFiles of(Store store) {
        return store.context(OpenFiles.class, () -> {
            var files = new OpenFiles(store.context(WasiContext.class));
            store.onClose(files::closeAll);
            return files;
        });
    }

    /** The preopened directories, each newly opened; the host's directories are not touched before they are used. */
    public List<Mount> mounts() throws FileRefusedException {
        var mounts = new ArrayList<Mount>();
        for (var preopen : context.preopens()) {
            mounts.add(new Mount(preopen.guestPath(), OpenDirectory.preopened(this, preopen)));
        }
        return mounts;
    }

    /** Counts one more before it is opened. */
    void checkRoom() throws FileRefusedException {
        if (open.size() >= context.limits().openFilesMax()) {
            throw ErrorCode.QUOTA.refusal();
        }
    }

    void opened(Openable one) {
        open.add(one);
    }

    void closed(Openable one) {
        open.remove(one);
    }

    private void closeAll() {
        List.copyOf(open).forEach(Openable::close);
    }
}

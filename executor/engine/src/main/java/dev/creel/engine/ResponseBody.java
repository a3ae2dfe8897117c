package dev.creel.engine;

import dev.creel.component.host.Store;
import dev.creel.wasi.http.BodySink;
import dev.creel.wasi.io.Wakeup;
import java.util.Arrays;

/** Sends bytes of a response as the client takes them. Used by the guest's thread. */
final class ResponseBody {
    private static final int CHUNK = 64 << 10;

    private ResponseBody() {}

    /** Sends all of {@code bytes}, waiting for room, unless the client has gone. */
    static void send(Store store, BodySink sink, byte[] bytes) {
        var wakeup = store.context(Wakeup.class);
        sink.onChange(wakeup::signal);
        int sent = 0;
        while (sent < bytes.length) {
            long room = sink.room();
            if (room < 0) {
                return;
            }
            if (room == 0) {
                var _ = wakeup.until(store, () -> sink.room() != 0, null);
            } else {
                int count = (int) Math.min(room, Math.min(CHUNK, bytes.length - sent));
                sink.write(Arrays.copyOfRange(bytes, sent, sent + count));
                sent += count;
            }
        }
    }
}

package dev.creel.wasi.candidate;

import dev.creel.component.core.TrapException;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import dev.creel.component.type.ValType.Variant;
import dev.creel.component.wit.WitInterface;
import dev.creel.wasi.io.Blocking;
import dev.creel.wasi.io.InputStream;
import dev.creel.wasi.io.OutputStream;
import dev.creel.wasi.io.StreamClosedException;
import dev.creel.wasi.io.StreamFailedException;
import dev.creel.wasi.wit.WasiWit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * {@code wasi:*@0.2.0-rc-2023-10-18}, which guests of Spin 2.0 import: io, clocks, random, cli, filesystem and http. Its sockets are
 * not offered.
 */
public final class October {
    private static final String VERSION = "0.2.0-rc-2023-10-18";

    /** Bytes that {@code forward} moves at once. */
    private static final long FORWARD_CHUNK = 64 << 10;

    private static final Variant.Value CLOSED = new Variant.Value(1, null);

    private final Today today;

    private October(Today today) {
        this.today = today;
    }

    /** The interfaces, bound over those of today. */
    public static List<HostInterface> interfaces(Collection<HostInterface> now) {
        var today = new Today(now);
        var october = new October(today);
        var all = new ArrayList<HostInterface>();
        all.add(october.poll());
        all.add(october.streams());
        all.add(october.monotonicClock());
        all.add(october.filesystem());
        for (var path : List.of(
                "clocks/wall-clock",
                "random/random",
                "random/insecure",
                "random/insecure-seed",
                "cli/environment",
                "cli/exit",
                "cli/stdin",
                "cli/stdout",
                "cli/stderr",
                "cli/terminal-input",
                "cli/terminal-output",
                "cli/terminal-stdin",
                "cli/terminal-stdout",
                "cli/terminal-stderr",
                "filesystem/preopens")) {
            all.add(today.same(path, wit(path)));
        }
        all.addAll(OctoberHttp.interfaces(today));
        return List.copyOf(all);
    }

    /** The declaration of {@code wasi:} + {@code path} as it was then. */
    static WitInterface wit(String path) {
        return WasiWit.october(path, VERSION);
    }

    private HostInterface poll() {
        return today.over("io/poll", wit("io/poll"))
                .function("poll-list", today.function("io/poll", "poll"))
                .function("poll-one", today.function("io/poll", "[method]pollable.block"))
                .build();
    }

    private HostInterface streams() {
        var builder = today.over("io/streams", wit("io/streams"));
        today.of("io/error").resources().values().forEach(error -> Today.bind(builder, error));
        builder.function("[method]error.to-debug-string", today.function("io/error", "[method]error.to-debug-string"));
        for (var name : List.of("splice", "blocking-splice")) {
            var now = today.function("io/streams", "[method]output-stream." + name);
            builder.function("[method]output-stream." + name, (store, args) -> {
                try (var source = (InputStream) args[1]) {
                    return now.call(store, new Object[] {args[0], source, args[2]});
                }
            });
        }
        builder.function("[method]output-stream.forward", (store, args) -> {
            try (var source = (InputStream) args[1]) {
                return forward(store, source, (OutputStream) args[0]);
            }
        });
        return today.same("io/streams", builder);
    }

    /** Moves everything, waiting for both. */
    private static Result.Value forward(Store store, InputStream from, OutputStream to) {
        long moved = 0;
        try {
            while (true) {
                byte[] bytes;
                try {
                    bytes = Blocking.read(store, from, FORWARD_CHUNK);
                } catch (StreamClosedException end) {
                    Blocking.flush(store, to);
                    return Result.Value.ok(moved);
                }
                Blocking.write(store, to, bytes);
                moved += bytes.length;
            }
        } catch (StreamClosedException e) {
            return Result.Value.err(CLOSED);
        } catch (StreamFailedException e) {
            return Result.Value.err(new Variant.Value(0, e.error()));
        }
    }

    private HostInterface monotonicClock() {
        var path = "clocks/monotonic-clock";
        var builder = today.over(path, wit(path))
                .function(
                        "subscribe",
                        (store, args) -> today.call(
                                store, path, (Boolean) args[1] ? "subscribe-instant" : "subscribe-duration", args[0]));
        return today.same(path, builder);
    }

    private HostInterface filesystem() {
        var path = "filesystem/types";
        var openAt = "[method]descriptor.open-at";
        var builder = today.over(path, wit(path))
                .function(
                        openAt,
                        (store, args) -> today.call(store, path, openAt, args[0], args[1], args[2], args[3], args[4]));
        for (var name : List.of(
                "access-at",
                "change-file-permissions-at",
                "change-directory-permissions-at",
                "lock-shared",
                "lock-exclusive",
                "try-lock-shared",
                "try-lock-exclusive",
                "unlock")) {
            builder.function("[method]descriptor." + name, (store, args) -> {
                throw new TrapException("wasi:filesystem@" + VERSION + " " + name + " is not supported");
            });
        }
        return today.same(path, builder);
    }
}

package dev.creel.wasi.clocks;

import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.wasi.context.WasiContext;
import dev.creel.wasi.wit.WasiWit;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;

/** Binds {@code wasi:clocks}. A store needs a {@link WasiContext}. */
public final class ClockInterfaces {
    private ClockInterfaces() {}

    /** {@code wall-clock} and {@code monotonic-clock}. */
    public static List<HostInterface> interfaces() {
        return List.of(wall(), monotonic());
    }

    /** A {@code datetime}; what lies before 1970 is 1970. */
    public static Object[] datetime(Instant instant) {
        return instant.getEpochSecond() < 0
                ? new Object[] {0L, 0L}
                : new Object[] {instant.getEpochSecond(), (long) instant.getNano()};
    }

    private static HostInterface wall() {
        return HostInterface.of(WasiWit.of("clocks/wall-clock"))
                .function(
                        "now",
                        (store, args) -> datetime(
                                store.context(WasiContext.class).wallClock().instant()))
                .function("resolution", (store, args) -> new Object[] {0L, 1L})
                .build();
    }

    private static HostInterface monotonic() {
        return HostInterface.of(WasiWit.of("clocks/monotonic-clock"))
                .function("now", (store, args) -> clock(store).getAsLong())
                .function("resolution", (store, args) -> 1L)
                .function("subscribe-instant", (store, args) -> Timer.at(clock(store), (Long) args[0]))
                .function("subscribe-duration", (store, args) -> Timer.after(clock(store), (Long) args[0]))
                .build();
    }

    private static LongSupplier clock(Store store) {
        return store.context(WasiContext.class).monotonicNanos();
    }
}

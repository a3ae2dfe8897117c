package dev.creel.wasi.context;

import dev.creel.component.host.Store;
import dev.creel.wasi.io.ByteInput;
import dev.creel.wasi.io.InputStream;
import dev.creel.wasi.io.IoLimits;
import dev.creel.wasi.io.LineOutput;
import dev.creel.wasi.io.OutputStream;
import dev.creel.wasi.io.Wakeup;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Everything of the world that one store's guest sees through WASI, except HTTP. One for each store: put it there with {@link
 * #into}. Used by the guest's thread.
 *
 * @param environment in the order the guest sees it
 * @param arguments as the guest sees them
 * @param stdin what the guest reads
 * @param stdout where it prints
 * @param stderr where it complains
 * @param preopens its directories
 * @param network which addresses its sockets may use
 * @param random cryptographically strong
 * @param wallClock what time it is
 * @param monotonicNanos nanoseconds from an arbitrary point, never negative, never falling
 * @param wakeup what the guest sleeps on; whoever fills its streams from another thread signals it
 * @param limits what it may take
 */
public record WasiContext(
        Map<String, String> environment,
        List<String> arguments,
        InputStream stdin,
        OutputStream stdout,
        OutputStream stderr,
        List<Preopen> preopens,
        Network network,
        RandomGenerator random,
        Clock wallClock,
        LongSupplier monotonicNanos,
        Wakeup wakeup,
        WasiLimits limits) {

    private static final SecureRandom SECURE = new SecureRandom();

    /** A second: some guests take a clock that says 0 for a broken one. */
    private static final long CLOCK_START_NANOS = 1_000_000_000;

    /** Nothing to see: no environment, no files, no network, no input, output discarded; real clocks and chance. */
    public static Builder builder() {
        return new Builder();
    }

    /** Makes {@code store} a store for WASI; its streams close with it. */
    public Store into(Store store) {
        store.onClose(stdin::close);
        store.onClose(stdout::close);
        store.onClose(stderr::close);
        return store.with(WasiContext.class, this)
                .with(Wakeup.class, wakeup)
                .with(IoLimits.class, new IoLimits(limits.pollablesMax()));
    }

    /** Collects what differs from the defaults. Not thread-safe. */
    public static final class Builder {
        private final Map<String, String> environment = new LinkedHashMap<>();
        private List<String> arguments = List.of();
        private InputStream stdin = ByteInput.empty();
        private OutputStream stdout = LineOutput.discarding();
        private OutputStream stderr = LineOutput.discarding();
        private List<Preopen> preopens = List.of();
        private Network network = Network.NONE;
        private RandomGenerator random = SECURE;
        private Clock wallClock = Clock.systemUTC();
        private LongSupplier monotonicNanos = sinceNow();
        private Wakeup wakeup = new Wakeup();
        private WasiLimits limits = WasiLimits.DEFAULT;

        private Builder() {}

        /** Adds these variables. */
        public Builder environment(Map<String, String> variables) {
            environment.putAll(variables);
            return this;
        }

        /** Sets the arguments. */
        public Builder arguments(List<String> values) {
            arguments = List.copyOf(values);
            return this;
        }

        /** Sets what the guest reads. */
        public Builder stdin(InputStream stream) {
            stdin = stream;
            return this;
        }

        /** Sets where the guest prints. */
        public Builder stdout(OutputStream stream) {
            stdout = stream;
            return this;
        }

        /** Sets where the guest complains. */
        public Builder stderr(OutputStream stream) {
            stderr = stream;
            return this;
        }

        /** Sets the guest's directories. */
        public Builder preopens(List<Preopen> directories) {
            preopens = List.copyOf(directories);
            return this;
        }

        /** Sets which addresses the guest's sockets may use. */
        public Builder network(Network allowed) {
            network = allowed;
            return this;
        }

        /** Sets the source of chance. */
        public Builder random(RandomGenerator source) {
            random = source;
            return this;
        }

        /** Sets the clocks. */
        public Builder clocks(Clock wall, LongSupplier nanos) {
            wallClock = wall;
            monotonicNanos = nanos;
            return this;
        }

        /** Sets what the guest sleeps on. */
        public Builder wakeup(Wakeup shared) {
            wakeup = shared;
            return this;
        }

        /** Sets the limits. */
        public Builder limits(WasiLimits value) {
            limits = value;
            return this;
        }

        /** The context. */
        public WasiContext build() {
            return new WasiContext(
                    java.util.Collections.unmodifiableMap(new LinkedHashMap<>(environment)),
                    arguments,
                    stdin,
                    stdout,
                    stderr,
                    preopens,
                    network,
                    random,
                    wallClock,
                    monotonicNanos,
                    wakeup,
                    limits);
        }

        private static LongSupplier sinceNow() {
            long start = System.nanoTime() - CLOCK_START_NANOS;
            return () -> System.nanoTime() - start;
        }
    }
}

package dev.creel.engine;

import dev.creel.contract.logs.GuestLine;
import dev.creel.engine.spin.SpinContext;
import dev.creel.wasi.context.Network;
import dev.creel.wasi.context.Preopen;
import dev.creel.wasi.http.OutgoingHttp;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What one run finds around itself.
 *
 * @param limits what it may take
 * @param environment environment variables, exactly these
 * @param preopens directories
 * @param outgoing where its requests go
 * @param lines takes what it prints, line by line, on the guest's thread; must not block
 * @param spin what Spin's interfaces let it use
 * @param network which addresses its sockets may use
 */
public record GuestWorld(
        GuestLimits limits,
        Map<String, String> environment,
        List<Preopen> preopens,
        OutgoingHttp outgoing,
        BiConsumer<GuestLine.Source, String> lines,
        SpinContext spin,
        Network network) {
    /** A world in which sockets lead nowhere. */
    public GuestWorld(
            GuestLimits limits,
            Map<String, String> environment,
            List<Preopen> preopens,
            OutgoingHttp outgoing,
            BiConsumer<GuestLine.Source, String> lines,
            SpinContext spin) {
        this(limits, environment, preopens, outgoing, lines, spin, Network.NONE);
    }
}

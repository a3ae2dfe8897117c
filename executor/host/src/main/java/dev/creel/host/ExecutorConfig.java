package dev.creel.host;

import dev.creel.engine.GuestLimits;
import dev.creel.host.app.TrapConfig;
import dev.creel.host.app.WarmUpConfig;
import dev.creel.host.ingress.IngressConfig;
import dev.creel.host.lane.LaneConfig;
import dev.creel.host.module.PullLimits;
import dev.creel.host.outbound.OutboundConfig;
import dev.creel.host.traffic.TrafficConfig;
import java.time.Duration;

/**
 * Everything that an executor can be told, with its defaults in the records below.
 *
 * @param guest what one run may take
 * @param lanes threads for guests
 * @param ingress how requests come in
 * @param outbound how guests reach the network
 * @param pull what an artifact may weigh
 * @param warmUp how guests are warmed up
 * @param traps how often an application may trap
 * @param traffic what one application or tenant may have of the node
 * @param appsMax applications that this node takes
 * @param preparingMax revisions pulled and compiled at once
 * @param retry first wait before a pull that failed is tried again; doubles up to 30 times that
 * @param drain how long requests under way may go on when the node stops
 */
public record ExecutorConfig(
        GuestLimits guest,
        LaneConfig lanes,
        IngressConfig ingress,
        OutboundConfig outbound,
        PullLimits pull,
        WarmUpConfig warmUp,
        TrapConfig traps,
        TrafficConfig traffic,
        int appsMax,
        int preparingMax,
        Duration retry,
        Duration drain) {
    public ExecutorConfig {
        if (appsMax < 1 || preparingMax < 1) {
            throw new IllegalArgumentException("an executor needs room for at least one application");
        }
    }

    /** The defaults of all parts; 10,000 applications, 2 prepared at once, 1 s, 10 s. */
    public static ExecutorConfig defaults() {
        return new ExecutorConfig(
                GuestLimits.DEFAULTS,
                LaneConfig.defaults(),
                IngressConfig.defaults(),
                OutboundConfig.DEFAULTS,
                PullLimits.DEFAULTS,
                WarmUpConfig.DEFAULTS,
                TrapConfig.DEFAULTS,
                TrafficConfig.DEFAULTS,
                10_000,
                2,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10));
    }

    /** The same with other limits of runs. */
    public ExecutorConfig withGuest(GuestLimits other) {
        return new ExecutorConfig(
                other, lanes, ingress, outbound, pull, warmUp, traps, traffic, appsMax, preparingMax, retry, drain);
    }

    /** The same with other lanes. */
    public ExecutorConfig withLanes(LaneConfig other) {
        return new ExecutorConfig(
                guest, other, ingress, outbound, pull, warmUp, traps, traffic, appsMax, preparingMax, retry, drain);
    }

    /** The same with another ingress. */
    public ExecutorConfig withIngress(IngressConfig other) {
        return new ExecutorConfig(
                guest, lanes, other, outbound, pull, warmUp, traps, traffic, appsMax, preparingMax, retry, drain);
    }

    /** The same with another warm-up. */
    public ExecutorConfig withWarmUp(WarmUpConfig other) {
        return new ExecutorConfig(
                guest, lanes, ingress, outbound, pull, other, traps, traffic, appsMax, preparingMax, retry, drain);
    }

    /** The same with another way out. */
    public ExecutorConfig withOutbound(OutboundConfig other) {
        return new ExecutorConfig(
                guest, lanes, ingress, other, pull, warmUp, traps, traffic, appsMax, preparingMax, retry, drain);
    }

    /** The same with another allowance of traps. */
    public ExecutorConfig withTraps(TrapConfig other) {
        return new ExecutorConfig(
                guest, lanes, ingress, outbound, pull, warmUp, other, traffic, appsMax, preparingMax, retry, drain);
    }

    /** The same with other shares for applications and tenants. */
    public ExecutorConfig withTraffic(TrafficConfig other) {
        return new ExecutorConfig(
                guest, lanes, ingress, outbound, pull, warmUp, traps, other, appsMax, preparingMax, retry, drain);
    }
}

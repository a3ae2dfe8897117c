package dev.creel.host.lane;

import dev.creel.contract.app.TenantId;
import java.util.Map;

/**
 * How it is with lanes at one moment.
 *
 * @param permits guests that may run at once
 * @param running guests that do
 * @param busy guests that have a lane, running or waiting
 * @param threads lanes, busy or idle
 * @param waiting guests in the queue, by tenant; only tenants that have some
 * @param pauses how often a guest let others run first
 * @param refused guests for which there was no room
 */
public record LaneNumbers(
        int permits, int running, int busy, int threads, Map<TenantId, Integer> waiting, long pauses, long refused) {
    public LaneNumbers {
        waiting = Map.copyOf(waiting);
    }

    /** Guests in the queue, of all tenants. */
    public int waitingAll() {
        return waiting.values().stream().mapToInt(Integer::intValue).sum();
    }
}

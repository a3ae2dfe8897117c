package dev.creel.host;

import dev.creel.engine.NodeMemory;
import dev.creel.host.app.Invoker;
import dev.creel.host.app.WarmUp;
import dev.creel.host.lane.Lanes;
import dev.creel.host.numbers.Numbers;
import java.util.HashMap;
import java.util.Map;

/**
 * What the parts of an executor show among its {@link Numbers}.
 *
 * @param memory of all guests of the process
 */
record NodeReadings(Lanes lanes, Invoker invoker, WarmUp warmUp, NodeMemory memory) {
    void addTo(Numbers numbers) {
        numbers.gauge("instances_running", "Guests that have begun and not ended.", invoker::running)
                .counter("instances_warm_up", "Guests run to be warm before requests come.", warmUp::runs)
                .gauge("memory_used_bytes", "Memory of guests that run, in the whole process.", this::memoryUsed)
                .gauge("memory_kept_bytes", "Memory kept for guests to come, in the whole process.", this::memoryKept);
        addLanes(numbers);
    }

    private long memoryUsed() {
        return memory.used().bytes();
    }

    private long memoryKept() {
        return memory.kept().bytes();
    }

    private void addLanes(Numbers numbers) {
        numbers.gauge(
                        "lanes_permits",
                        "Guests that may run at once.",
                        () -> lanes.numbers().permits())
                .gauge(
                        "lanes_running",
                        "Guests that run now, those that wait left out.",
                        () -> lanes.numbers().running())
                .gauge("lanes_busy", "Guests that have a lane, running or waiting.", lanes::busy)
                .gauge(
                        "lanes_threads",
                        "Lanes, busy or idle.",
                        () -> lanes.numbers().threads())
                .gauges("lanes_waiting", "Guests in the queue, by tenant.", "tenant", this::waiting)
                .counter(
                        "lanes_pauses",
                        "How often a guest let others run first.",
                        () -> lanes.numbers().pauses())
                .counter(
                        "lanes_refused",
                        "Guests that found lanes and queue full.",
                        () -> lanes.numbers().refused());
    }

    private Map<String, Long> waiting() {
        var waits = new HashMap<String, Long>();
        lanes.numbers().waiting().forEach((tenant, guests) -> waits.put(tenant.toString(), (long) guests));
        return waits;
    }
}

package dev.creel.host.numbers;

import dev.creel.contract.board.NodeId;
import dev.creel.contract.numbers.NodeNumbers;
import dev.creel.contract.numbers.Reading;
import dev.creel.host.traffic.Traffic;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Everything that a node shows: its traffic, and what its parts have handed in. They keep their numbers themselves, where things
 * happen; they are asked when somebody looks. Thread-safe; what is handed in must be cheap to ask and must not block.
 */
public final class Numbers {
    private final NodeId node;
    private final Traffic traffic;
    private final InstantSource clock;
    private final List<Supplier<Stream<Reading>>> parts = new CopyOnWriteArrayList<>();

    /** Shows the traffic, and the memory of the process. */
    public Numbers(NodeId node, Traffic traffic, InstantSource clock) {
        this.node = node;
        this.traffic = traffic;
        this.clock = clock;
        gauge("requests_now", "Requests from outside that are under way.", traffic::requestsNow);
        ProcessMemory.addTo(this);
    }

    /** Adds a number that goes up and down. */
    public Numbers gauge(String name, String help, LongSupplier value) {
        return add(Reading.Kind.GAUGE, name, help, value);
    }

    /** Adds a number that only grows. */
    public Numbers counter(String name, String help, LongSupplier value) {
        return add(Reading.Kind.COUNTER, name, help, value);
    }

    private Numbers add(Reading.Kind kind, String name, String help, LongSupplier value) {
        parts.add(() -> Stream.of(new Reading(name, kind, help, Map.of(), value.getAsLong())));
        return this;
    }

    /** Adds numbers that go up and down and are told apart by a label; there must be few of them. */
    public Numbers gauges(String name, String help, String label, Supplier<Map<String, Long>> values) {
        parts.add(() -> values.get().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry ->
                        new Reading(name, Reading.Kind.GAUGE, help, Map.of(label, entry.getKey()), entry.getValue())));
        return this;
    }

    /** All of it, now. */
    public NodeNumbers current() {
        var readings = parts.stream().flatMap(Supplier::get).toList();
        return new NodeNumbers(node, clock.instant(), traffic.totals(), readings, traffic.busiest(), traffic.apps());
    }
}

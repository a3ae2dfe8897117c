package dev.creel.contract.numbers;

import dev.creel.contract.board.NodeId;
import java.time.Instant;
import java.util.List;

/**
 * The numbers of one node at one moment.
 *
 * @param node which
 * @param time when
 * @param totals of all applications, those included that are not listed
 * @param readings what its parts show
 * @param apps those that have used most lately, first; bounded by configuration
 * @param appsCounted how many applications have counts, listed or not
 */
public record NodeNumbers(
        NodeId node, Instant time, Counts totals, List<Reading> readings, List<AppNumbers> apps, int appsCounted) {
    public NodeNumbers {
        readings = List.copyOf(readings);
        apps = List.copyOf(apps);
    }

    /** The sum of all readings of this name; 0 if there is none. */
    public long reading(String name) {
        return readings.stream()
                .filter(reading -> reading.name().equals(name))
                .mapToLong(Reading::value)
                .sum();
    }
}

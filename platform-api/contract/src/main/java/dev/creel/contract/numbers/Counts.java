package dev.creel.contract.numbers;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Counts at one moment.
 *
 * @param byKind what is not in it is 0
 */
public record Counts(Map<Counted, Long> byKind) {
    /** Nothing happened. */
    public static final Counts NONE = new Counts(Map.of());

    public Counts {
        byKind = Map.copyOf(byKind);
    }

    /** How many of this. */
    public long of(Counted what) {
        return byKind.getOrDefault(what, 0L);
    }

    /** How many of all that have this in common. */
    public long of(Counted.Kind kind) {
        return Stream.of(Counted.values())
                .filter(what -> what.kind() == kind)
                .mapToLong(this::of)
                .sum();
    }

    /** These and those. */
    public Counts plus(Counts other) {
        var sum = new EnumMap<Counted, Long>(Counted.class);
        sum.putAll(byKind);
        other.byKind.forEach((what, count) -> sum.merge(what, count, Long::sum));
        return new Counts(sum);
    }

    /** What has been added since {@code before}; a count that has begun again since then is taken as it is. */
    public Counts since(Counts before) {
        var added = new EnumMap<Counted, Long>(Counted.class);
        byKind.forEach((what, count) -> added.put(what, count >= before.of(what) ? count - before.of(what) : count));
        return new Counts(added);
    }
}

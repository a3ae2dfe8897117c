package dev.creel.codegen.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What an engine showed after one step.
 *
 * @param trap its name, or nothing
 * @param results raw bits, if there was no trap
 * @param states of each module: the hash of its memory, and of the rest
 */
record Seen(String trap, List<Long> results, List<State> states) {
    /** How a step ends that throws an exception: not a trap, but as good as one here. */
    static final String UNCAUGHT = "uncaught exception";

    private static final long LOW = 0xffff_ffffL;

    /** A module's state. */
    record State(long memory, long rest) {}

    /** Results in which only those bits stand that count. */
    static List<Long> results(Signature type, long[] raw) {
        return IntStream.range(0, raw.length)
                .mapToObj(i -> clean(type.results().get(i), raw[i]))
                .toList();
    }

    private static long clean(Kind kind, long raw) {
        return kind.equals(Kind.I32) || kind.equals(Kind.F32) ? raw & LOW : raw;
    }

    /** A trap's name as the specification's scripts have it: engines say more, or less. */
    static String named(String message) {
        var known = List.of(
                "unreachable",
                "integer divide by zero",
                "integer overflow",
                "invalid conversion to integer",
                "out of bounds memory access",
                "indirect call type mismatch",
                "uninitialized element",
                "undefined element",
                "out of bounds table access",
                "null function reference",
                "null exception reference",
                "null reference",
                UNCAUGHT);
        return known.stream().filter(message::contains).findFirst().orElse(message);
    }

    @Override
    public String toString() {
        var outcome = trap.isEmpty()
                ? results.stream().map(Long::toHexString).collect(Collectors.joining(" ", "[", "]"))
                : trap;
        return outcome + " " + Arrays.toString(states.toArray());
    }
}

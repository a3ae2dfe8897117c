package dev.creel.contract.numbers;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * A number that a part of a node shows.
 *
 * @param name lower case with underscores, its unit at the end if it has one: {@code lanes_busy}, {@code memory_used_bytes}
 * @param kind whether it only grows
 * @param help one sentence
 * @param labels tell readings of one name apart
 * @param value now
 */
public record Reading(String name, Kind kind, String help, Map<String, String> labels, long value) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    /** How a number moves. */
    public enum Kind {
        /** Up and down. */
        GAUGE,
        /** Up only, from 0 at the start of the node. */
        COUNTER
    }

    public Reading {
        labels = Map.copyOf(labels);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name of a reading: '" + name + "'");
        }
    }
}

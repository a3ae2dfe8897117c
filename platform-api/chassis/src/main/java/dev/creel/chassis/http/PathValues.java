package dev.creel.chassis.http;

import java.util.Map;

/**
 * What the names in a pattern of {@link Routes} stand for in one path.
 *
 * @param values name → decoded text
 */
public record PathValues(Map<String, String> values) {
    public PathValues {
        values = Map.copyOf(values);
    }

    /** The text for a name of the pattern. */
    public String text(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the pattern has no {" + name + "}");
        }
        return value;
    }
}

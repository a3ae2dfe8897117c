package dev.creel.chassis.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Header fields in order; names compare without case, a name may occur more than once. Immutable.
 *
 * @param entries in the order in which they are sent or came
 */
public record HttpFields(List<HttpFields.Field> entries) {
    /** No field. */
    public static final HttpFields NONE = new HttpFields(List.of());

    /**
     * One field.
     *
     * @param name as written
     * @param value as written, no line ends
     */
    public record Field(String name, String value) {
        public Field {
            if (name.isEmpty() || hasLineEnd(name) || hasLineEnd(value)) {
                throw new IllegalArgumentException("not a header field: '" + name + "'");
            }
        }

        private static boolean hasLineEnd(String text) {
            return text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0 || text.indexOf('\0') >= 0;
        }
    }

    public HttpFields {
        entries = List.copyOf(entries);
    }

    /** Fields from names and values by turns. */
    public static HttpFields of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a header name without a value");
        }
        var fields = new ArrayList<Field>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
        }
        return new HttpFields(fields);
    }

    /** These fields and one more. */
    public HttpFields with(String name, String value) {
        var fields = new ArrayList<>(entries);
        fields.add(new Field(name, value));
        return new HttpFields(fields);
    }

    /** The value of the first field with this name. */
    public Optional<String> first(String name) {
        return entries.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .findFirst();
    }

    /** The values of all fields with this name. */
    public List<String> all(String name) {
        return entries.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }
}

package dev.creel.chassis.config;

import dev.creel.contract.ByteSize;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes a record from its defaults and a table; see {@link ConfigFile} for the rules. */
final class ConfigBinder {
    private final String file;

    ConfigBinder(String file) {
        this.file = file;
    }

    <T extends Record> T overlay(String path, JsonNode table, T defaults) {
        var components = defaults.getClass().getRecordComponents();
        var values = new Object[components.length];
        var left = new LinkedHashMap<String, JsonNode>();
        table.properties().forEach(e -> left.put(e.getKey(), e.getValue()));
        for (int i = 0; i < components.length; i++) {
            var component = components[i];
            var key = left.containsKey(component.getName()) ? component.getName() : dashed(component.getName());
            var given = left.remove(key);
            var standard = read(component, defaults);
            values[i] = given == null ? standard : value(join(path, key), given, component.getGenericType(), standard);
        }
        if (!left.isEmpty()) {
            throw unknown(path, left.keySet().iterator().next(), components);
        }
        return construct(path, defaults, components, values);
    }

    private Object value(String path, JsonNode node, Type type, @Nullable Object standard) {
        if (type instanceof ParameterizedType generic) {
            return parameterized(path, node, generic);
        }
        var raw = (Class<?>) type;
        if (standard instanceof Record table && node.isObject()) {
            return overlay(path, node, table);
        }
        try {
            return scalar(path, node, raw);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw refusal(path, "is refused: " + e.getMessage());
        }
    }

    private Object parameterized(String path, JsonNode node, ParameterizedType type) {
        var arguments = type.getActualTypeArguments();
        if (type.getRawType() == Optional.class) {
            return Optional.of(value(path, node, arguments[0], null));
        }
        if (type.getRawType() == List.class) {
            if (!node.isArray()) {
                throw refusal(path, "must be a list");
            }
            var list = new ArrayList<>();
            for (int i = 0; i < node.size(); i++) {
                list.add(value(path + "[" + i + "]", node.get(i), arguments[0], null));
            }
            return List.copyOf(list);
        }
        if (type.getRawType() == Map.class && arguments[0] == String.class) {
            if (!node.isObject()) {
                throw refusal(path, "must be a table");
            }
            var map = new LinkedHashMap<String, Object>();
            node.properties()
                    .forEach(e -> map.put(e.getKey(), value(join(path, e.getKey()), e.getValue(), arguments[1], null)));
            return Map.copyOf(map);
        }
        throw new IllegalStateException("no configuration can hold a " + type);
    }

    private Object scalar(String path, JsonNode node, Class<?> type) {
        if (type == int.class || type == long.class) {
            if (!node.isIntegralNumber() || !node.canConvertToLong()) {
                throw refusal(path, "must be an integer");
            }
            return type == int.class ? (Object) Math.toIntExact(node.longValue()) : (Object) node.longValue();
        }
        if (type == boolean.class) {
            if (!node.isBoolean()) {
                throw refusal(path, "must be true or false");
            }
            return node.booleanValue();
        }
        if (type == double.class) {
            if (!node.isNumber()) {
                throw refusal(path, "must be a number");
            }
            return node.doubleValue();
        }
        if (!node.isString()) {
            throw refusal(path, "must be a string" + example(type));
        }
        return fromText(path, node.stringValue(), type);
    }

    private static String example(Class<?> type) {
        return type == ByteSize.class ? " such as \"128MiB\"" : type == Duration.class ? " such as \"30s\"" : "";
    }

    private Object fromText(String path, String text, Class<?> type) {
        if (type == String.class) {
            return text;
        } else if (type == ByteSize.class) {
            return ByteSize.parse(text);
        } else if (type == Duration.class) {
            return DurationText.parse(text);
        } else if (type == Path.class) {
            return Path.of(text);
        } else if (type.isEnum()) {
            return constant(path, text, type);
        }
        return recordOfText(path, text, type);
    }

    private Object constant(String path, String text, Class<?> type) {
        var names = new ArrayList<String>();
        for (var constant : type.getEnumConstants()) {
            if (constant.toString().equalsIgnoreCase(text)) {
                return constant;
            }
            names.add(constant.toString().toLowerCase(Locale.ROOT));
        }
        throw refusal(path, "is '" + text + "', but must be one of " + names);
    }

    /** A record with one string, such as a host name. */
    private Object recordOfText(String path, String text, Class<?> type) {
        try {
            return type.getConstructor(String.class).newInstance(text);
        } catch (InvocationTargetException e) {
            throw refusal(path, "is refused: " + reason(e));
        } catch (ReflectiveOperationException e) {
            throw refusal(path, "must be a table");
        }
    }

    private static @Nullable Object read(RecordComponent component, Record defaults) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(defaults);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("reading " + component, e);
        }
    }

    @SuppressWarnings("unchecked")
    private <T extends Record> T construct(
            String path, T defaults, RecordComponent[] components, @Nullable Object[] values) {
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            var constructor = defaults.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return (T) constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw refusal(path, "is refused: " + reason(e));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("making a " + defaults.getClass().getName(), e);
        }
    }

    private static @Nullable String reason(InvocationTargetException e) {
        return e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    }

    private ConfigException unknown(String path, String key, RecordComponent[] components) {
        var known = new TreeSet<String>();
        for (var component : components) {
            known.add(dashed(component.getName()));
        }
        var nearest = known.stream().min((a, b) -> Integer.compare(distance(key, a), distance(key, b)));
        return refusal(
                join(path, key),
                "is no known key"
                        + nearest.map(name -> "; did you mean '" + join(path, name) + "'?")
                                .orElse(""));
    }

    private ConfigException refusal(String path, String what) {
        return new ConfigException(
                file + ": " + (path.isEmpty() ? "the configuration" : "'" + path + "'") + " " + what);
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** How many letters must change to make one text of the other. */
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int next = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + changed);
                diagonal = row[j];
                row[j] = next;
            }
        }
        return row[b.length()];
    }
}

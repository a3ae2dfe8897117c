package dev.creel.host.route;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the component of an HTTP trigger is asked (reference spin-app §2.1). */
public sealed interface Executor {
    /** By its HTTP handler. */
    record Handler() implements Executor {}

    /**
     * As a CGI command.
     *
     * @param argv its arguments, with <code>${SCRIPT_NAME}</code> and <code>${ARGS}</code> to fill in
     */
    record Wagi(String argv) implements Executor {}

    /** What is asked for if nothing else is. */
    Executor DEFAULT = new Handler();

    /**
     * Reads the setting of a trigger.
     *
     * @throws IllegalArgumentException with a sentence, if it breaks a rule
     */
    static Executor read(@Nullable Object setting) {
        if (setting == null) {
            return DEFAULT;
        }
        if (!(setting instanceof Map<?, ?> settings)) {
            throw new IllegalArgumentException("\"executor\" must be like { type = \"http\" }");
        }
        return switch (String.valueOf(settings.get("type"))) {
            case "http", "spin" -> {
                checkKeys(settings, Set.of("type"));
                yield DEFAULT;
            }
            case "wagi" -> wagi(settings);
            default ->
                throw new IllegalArgumentException(
                        "unknown executor " + settings.get("type") + "; known are \"http\" and \"wagi\"");
        };
    }

    private static Executor wagi(Map<?, ?> settings) {
        checkKeys(settings, Set.of("type", "argv", "entrypoint"));
        var entrypoint = settings.get("entrypoint");
        if (entrypoint != null && !entrypoint.equals("_start")) {
            throw new IllegalArgumentException(
                    "the executor \"wagi\" runs commands by \"_start\" only, not by \"" + entrypoint + "\"");
        }
        return switch (settings.get("argv")) {
            case String argv -> new Wagi(argv);
            case null -> new Wagi("${SCRIPT_NAME} ${ARGS}");
            default -> throw new IllegalArgumentException("\"argv\" of the executor \"wagi\" must be a text");
        };
    }

    private static void checkKeys(Map<?, ?> settings, Set<String> known) {
        for (var key : settings.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                throw new IllegalArgumentException("unknown setting \"" + key + "\" of the executor; known are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }
}

package dev.creel.engine;

import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.InvalidModuleException;
import dev.creel.component.core.NotCompiledException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What runs core modules. Engines cannot share a memory, a table or a reference to a function, so a component with its
 * dependencies is on one engine as a whole: on the first, or if that lacks something that one of its modules uses, on the other.
 *
 * @param first runs what it can
 * @param other runs the rest, if there is one
 */
public record CoreEngines(CoreEngine first, Optional<CoreEngine> other) {
    /** One engine for everything. */
    public static CoreEngines only(CoreEngine engine) {
        return new CoreEngines(engine, Optional.empty());
    }

    /** One engine, and another for what it lacks. */
    public static CoreEngines of(CoreEngine first, CoreEngine other) {
        return new CoreEngines(first, Optional.of(other));
    }

    /**
     * The engine with this {@link CoreEngine#id}.
     *
     * @throws NotCompiledException if it is neither
     */
    CoreEngine called(String id) {
        return Stream.concat(Stream.of(first), other.stream())
                .filter(engine -> engine.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NotCompiledException("for the engines of this process, it: it was for " + id));
    }

    /** Names what is made by both. */
    String id() {
        return first.id() + other.map(engine -> ", " + engine.id()).orElse("");
    }

    /** Whether a refusal means that the engine lacks something; what the module uses that it lacks. */
    static Optional<String> lack(Throwable refusal) {
        for (var cause = refusal; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidModuleException module) {
                return switch (module.kind()) {
                    case UNSUPPORTED, TOO_LARGE -> Optional.of(String.valueOf(module.getMessage()));
                    case MALFORMED, INVALID -> Optional.empty();
                };
            }
        }
        return Optional.empty();
    }

    /** What a developer should know of a component that runs on {@code engine} because of a {@code lack} of the first. */
    String note(CoreEngine engine, String lack) {
        return "runs on " + name(engine) + ", because " + name(first) + " lacks something: " + lack;
    }

    /** Without what only tells versions apart. */
    private static String name(CoreEngine engine) {
        return engine.id().split("[+ ]", 2)[0];
    }
}

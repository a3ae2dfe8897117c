package dev.creel.engine;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A component that cannot run here. The message is for its developer and does not name the component: the caller does. */
public final class RefusedComponentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String dependency;

    /** Refuses with {@code message}. */
    public RefusedComponentException(String message) {
        super(message);
        this.dependency = null;
    }

    /** Refuses with {@code message}, because of {@code cause}. */
    public RefusedComponentException(String message, Throwable cause) {
        super(message, cause);
        this.dependency = null;
    }

    private RefusedComponentException(String dependency, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.dependency = dependency;
    }

    /** Refuses the dependency {@code name} of the component; the message does not name that either. */
    public static RefusedComponentException ofDependency(String name, String message) {
        return new RefusedComponentException(name, message, null);
    }

    /** The same, because of {@code cause}. */
    static RefusedComponentException ofDependency(String name, String message, Throwable cause) {
        return new RefusedComponentException(name, message, cause);
    }

    /** The dependency that is refused, if it is not the component itself. */
    public Optional<String> dependency() {
        return Optional.ofNullable(dependency);
    }

    /** What is refused and why, for a component with this id. */
    public String sentence(String component) {
        var what = dependency == null
                ? "component \"" + component + "\""
                : "dependency '" + dependency + "' of component '" + component + "'";
        return what + ": " + getMessage();
    }
}

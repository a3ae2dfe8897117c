package dev.creel.component.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something imported is missing or does not fit. The message names it. */
public final class LinkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String dependency;

    /** Refuses with {@code message}. */
    public LinkException(String message) {
        super(message);
        this.dependency = null;
    }

    private LinkException(String dependency, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.dependency = dependency;
    }

    /** Refuses the dependency with this name; the message does not name it. */
    public static LinkException ofDependency(String name, String message) {
        return new LinkException(name, message, null);
    }

    /** The same refusal, said of an import of the dependency with this name. */
    public LinkException within(String name) {
        return new LinkException(name, String.valueOf(getMessage()), this);
    }

    /** The dependency that is at fault, if one is. */
    public Optional<String> dependency() {
        return Optional.ofNullable(dependency);
    }
}

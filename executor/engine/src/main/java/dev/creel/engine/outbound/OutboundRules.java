package dev.creel.engine.outbound;

import dev.creel.engine.variables.UnresolvedVariableException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Says for one instance of a component where it may connect to. Thread-safe. */
public final class OutboundRules {
    private final Entries entries;
    private @Nullable List<AllowedHost> expanded;

    /** Whether a connection may be made. */
    public sealed interface Verdict {
        /** Yes. */
        record Allowed() implements Verdict {}

        /** No entry allows it, or it is no address at all. */
        record Denied() implements Verdict {}

        /** An entry could not be made sense of, so nothing is allowed. */
        record Broken(String why) implements Verdict {}

        /** Whether it is {@link Allowed}. */
        default boolean allowed() {
            return this instanceof Allowed;
        }
    }

    interface Entries {
        List<AllowedHost> expand() throws UnresolvedVariableException, InvalidAllowedHostException;
    }

    OutboundRules(Entries entries) {
        this.entries = entries;
    }

    /** No network at all. */
    public static OutboundRules none() {
        return new OutboundRules(List::of);
    }

    /**
     * Judges a connection to an absolute address.
     *
     * @param url with or without a scheme
     * @param defaultScheme of the interface that the guest calls: {@code https}, {@code redis}, {@code mysql} …
     */
    public Verdict check(String url, String defaultScheme) {
        var parsed = OutboundUrl.parse(url, defaultScheme);
        return parsed.isEmpty() ? new Verdict.Denied() : judge(entry -> entry.allows(parsed.get()));
    }

    /** Judges a request of the application to itself: without authority, or to {@code self.alt}. */
    public Verdict checkSelf() {
        return judge(AllowedHost::allowsSelf);
    }

    private Verdict judge(Predicate<AllowedHost> allows) {
        try {
            return all().stream().anyMatch(allows) ? new Verdict.Allowed() : new Verdict.Denied();
        } catch (UnresolvedVariableException | InvalidAllowedHostException e) {
            return new Verdict.Broken(Optional.ofNullable(e.getMessage()).orElse("broken entry"));
        }
    }

    private synchronized List<AllowedHost> all() throws UnresolvedVariableException, InvalidAllowedHostException {
        var known = expanded;
        if (known == null) {
            known = entries.expand();
            expanded = known;
        }
        return known;
    }
}

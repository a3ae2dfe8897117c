package dev.creel.engine;

import dev.creel.contract.artifact.Digest;
import dev.creel.contract.lockedapp.LockedDependency.Inherit;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A component and what satisfies some of its imports, by the digests of their bytes. Equal ones share one compiled form; unequal
 * ones still share the code of every part that they have in common.
 *
 * @param component the component that answers requests
 * @param dependencies dependency name (reference spin-app §7.1) → what satisfies the imports that it means
 */
public record Composition(Digest component, Map<String, Part> dependencies) {
    /**
     * A dependency.
     *
     * @param digest of its bytes
     * @param export which of its exports; empty means the one with the import's name
     * @param inherit what it may use of the component's grants
     */
    public record Part(Digest digest, Optional<String> export, Inherit inherit) {}

    public Composition {
        dependencies = Collections.unmodifiableMap(new TreeMap<>(dependencies));
    }

    /** A component without dependencies. */
    public static Composition of(Digest component) {
        return new Composition(component, Map.of());
    }

    /** Says all of it; equal for equal ones and for no others, in every process. */
    public String text() {
        var text = new StringBuilder(component.toString());
        dependencies.forEach((name, part) -> {
            word(name, text);
            word(part.digest().toString(), text);
            word(part.export().map(export -> "." + export).orElse(""), text);
            switch (part.inherit()) {
                case Inherit.All ignored -> word("*", text);
                case Inherit.Some(var sets) -> sets.stream().sorted().forEach(set -> word("+" + set, text));
            }
        });
        return text.toString();
    }

    /** With its length, because it may hold anything. */
    private static void word(String word, StringBuilder text) {
        text.append(' ').append(word.length()).append(':').append(word);
    }
}

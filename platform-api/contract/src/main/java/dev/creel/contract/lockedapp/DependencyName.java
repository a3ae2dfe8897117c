package dev.creel.contract.lockedapp;

import java.util.Optional;

/**
 * The key of a dependency: which imports of its component it satisfies (reference spin-app §7.1, §7.3). A package, an interface
 * of one, each with or without a version, or the plain name of an import.
 */
public sealed interface DependencyName {
    /** Whether the import with this full name is meant. */
    boolean matches(String importName);

    /** Whether some import could be meant by both. */
    boolean overlaps(DependencyName other);

    /**
     * Takes a key apart.
     *
     * @throws IllegalArgumentException saying what a key looks like
     */
    static DependencyName parse(String text) {
        if (DependencyGrammar.PLAIN.matcher(text).matches()) {
            return new Plain(text);
        }
        var parts = DependencyGrammar.PACKAGED.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' names no import; write namespace:package, namespace:package@1.2.3,"
                            + " namespace:package/interface, namespace:package/interface@1.2.3 or a plain-name");
        }
        return new Packaged(parts.group(1), Optional.ofNullable(parts.group(2)), Optional.ofNullable(parts.group(3)));
    }

    /** An import with exactly this name. */
    record Plain(String name) implements DependencyName {
        @Override
        public boolean matches(String importName) {
            return importName.equals(name);
        }

        @Override
        public boolean overlaps(DependencyName other) {
            return equals(other);
        }
    }

    /**
     * Imports of a package.
     *
     * @param packageName {@code namespace:package}
     * @param interfaceName only this one of its interfaces
     * @param version only exactly this version
     */
    record Packaged(String packageName, Optional<String> interfaceName, Optional<String> version)
            implements DependencyName {
        @Override
        public boolean matches(String importName) {
            var parts = DependencyGrammar.PACKAGED.matcher(importName);
            return parts.matches()
                    && parts.group(2) != null
                    && packageName.equals(parts.group(1))
                    && interfaceName.map(parts.group(2)::equals).orElse(true)
                    && version.map(wanted -> wanted.equals(parts.group(3))).orElse(true);
        }

        /** Compatible versions count as one: tools merge such imports. */
        @Override
        public boolean overlaps(DependencyName other) {
            return other instanceof Packaged(var otherPackage, var otherInterface, var otherVersion)
                    && packageName.equals(otherPackage)
                    && (interfaceName.isEmpty() || otherInterface.isEmpty() || interfaceName.equals(otherInterface))
                    && (version.isEmpty()
                            || otherVersion.isEmpty()
                            || DependencyGrammar.track(version.get())
                                    .equals(DependencyGrammar.track(otherVersion.get())));
        }
    }
}

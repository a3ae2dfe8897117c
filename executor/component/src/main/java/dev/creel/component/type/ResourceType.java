package dev.creel.component.type;

import org.jspecify.annotations.Nullable;

/**
 * Identity of a resource type. Two types are the same resource if and only if they are equal. In a {@link
 * dev.creel.component.plan.Plan} only {@link Host} and {@link Guest} occur.
 */
public sealed interface ResourceType {
    /**
     * A host's resource: defined by the host under a canonical interface name, so that every compatible version that a guest
     * imports is the same resource.
     *
     * @param interfaceName with the host's version, e.g. {@code wasi:io/poll@0.2.12}
     * @param name e.g. {@code pollable}
     */
    record Host(String interfaceName, String name) implements ResourceType {}

    /**
     * A resource that a component defines.
     *
     * @param id number within its plan; each instantiation of the defining component within the plan has another
     */
    record Guest(int id) implements ResourceType {}

    /**
     * A resource not yet bound, inside types of imports and exports, or of a WIT text. Each is equal to itself and to those made
     * of it with {@link #again}, which are other objects: whether a type has a name in an export goes by the object.
     */
    final class Abstract implements ResourceType {
        private final String name;
        private final Object identity;

        /** A fresh resource, different from every other; {@code name} is for messages. */
        public Abstract(String name) {
            this(name, new Object());
        }

        private Abstract(String name, Object identity) {
            this.name = name;
            this.identity = identity;
        }

        /** The same resource under another name. */
        public Abstract again(String otherName) {
            return new Abstract(otherName, identity);
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // The identity is nothing but an object.
        public boolean equals(@Nullable Object other) {
            return other instanceof Abstract same && same.identity == identity;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(identity);
        }

        /** What messages call it. */
        public String name() {
            return name;
        }

        @Override
        public String toString() {
            return "resource " + name;
        }
    }
}

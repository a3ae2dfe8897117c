package dev.creel.component.abi;

import dev.creel.component.host.HostResource;
import dev.creel.component.type.ResourceType;

/** A resource type at run time, one object for each of a plan's, compared by identity. */
sealed interface Resource {
    /**
     * A resource that a component of the plan defines.
     *
     * @param instance the component instance that implements it
     * @param destructor slot of a core function (i32) → (), or -1
     * @param enteredByHost instances that its destructor enters when the host drops one
     */
    record Guest(ResourceType.Guest type, int instance, int destructor, int[] enteredByHost) implements Resource {}

    /** A resource of the host. */
    record Host(HostResource<?> definition) implements Resource {
        /** {@code object} if it is of the declared class. */
        Object checked(Object object) {
            if (!definition.javaType().isInstance(object)) {
                throw Shape.mismatch(definition.javaType().getSimpleName() + " for " + definition.name(), object);
            }
            return object;
        }

        /** Frees {@code object}, which no guest can reach any more. */
        void drop(Object object) {
            dropAs(definition, object);
        }

        /** Frees {@code object}, which was on its way when {@code failure} came between. */
        void dropAfter(Throwable failure, Object object) {
            try {
                drop(object);
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
            }
        }

        private static <T> void dropAs(HostResource<T> definition, Object object) {
            definition.drop().drop(definition.javaType().cast(object));
        }
    }
}

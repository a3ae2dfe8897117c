package dev.creel.component.host;

/**
 * A resource type that the host defines.
 *
 * @param javaType objects of this class are its values; checked when they are lowered
 * @param drop runs when a guest drops its last handle, and for objects still held when the store closes
 */
public record HostResource<T>(String name, Class<T> javaType, Drop<T> drop) {
    /**
     * Frees what an object holds. Must not block for long. May throw {@link dev.creel.component.core.TrapException}, after freeing,
     * if the guest breaks a rule by dropping it now; when the store closes, that means nothing and is ignored.
     */
    @FunctionalInterface
    public interface Drop<T> {
        /** Called once per object that a guest owned. */
        void drop(T object);
    }
}

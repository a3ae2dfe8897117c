package dev.creel.component.host;

import dev.creel.component.core.CoreLimits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one tree of component instances shares and that dies with it: limits, the host's state, whether it is
 * poisoned. One guest thread at a time; only {@link #poisoned()} may be asked from another. Close it when the tree is done: that
 * drops host objects that guests still own, without running guest destructors (reference component-model §4.7).
 */
public final class Store implements AutoCloseable {
    /** {@link #liftBytesMax()} unless told otherwise: 128 MiB. */
    public static final long LIFT_BYTES_MAX = 128L << 20;

    private final CoreLimits limits;
    private final int handlesMax;
    private final long liftBytesMax;
    private final Waits waits;
    private final Map<Class<?>, Object> contexts = new HashMap<>();
    private final List<Runnable> onClose = new ArrayList<>();
    private volatile @Nullable Throwable poison;

    /** Called around every wait of a guest in a host function, so that its permit to run can go to another meanwhile. */
    public interface Waits {
        /** Runs {@code wait} while the guest does not count as running. */
        <T> T during(Callable<T> wait) throws Exception;

        /**
         * A guest begins on the calling thread. {@code pause} asks it, from any thread, to call {@link #pause} soon; it may come
         * too late, or for nothing.
         */
        default void begins(Runnable pause) {}

        /**
         * Lets others run if it is their turn, on the guest's thread; returns when it is its own again.
         *
         * @throws InterruptedException if the guest is to end instead
         */
        default void pause() throws InterruptedException {}

        /** For guests that run without permits. */
        Waits FREE = new Waits() {
            @Override
            public <T> T during(Callable<T> wait) throws Exception {
                return wait.call();
            }
        };
    }

    /**
     * @param limits for all core instances together
     * @param handlesMax most entries of each component instance's handle table; beyond that, a trap
     * @param waits told of each wait
     */
    public Store(CoreLimits limits, int handlesMax, Waits waits) {
        this(limits, handlesMax, LIFT_BYTES_MAX, waits);
    }

    /**
     * @param limits for all core instances together
     * @param handlesMax most entries of each component instance's handle table; beyond that, a trap
     * @param liftBytesMax most bytes that the values of one call may take in the host when they come out of a guest; beyond
     *     that, a trap. A guest's lists may name the same bytes many times, so the size of its memory is no limit
     * @param waits told of each wait
     */
    public Store(CoreLimits limits, int handlesMax, long liftBytesMax, Waits waits) {
        this.limits = limits;
        this.handlesMax = handlesMax;
        this.liftBytesMax = liftBytesMax;
        this.waits = waits;
    }

    /** Limits of all core instances of this store together. */
    public CoreLimits limits() {
        return limits;
    }

    /** Most entries of one handle table. */
    public int handlesMax() {
        return handlesMax;
    }

    /** Most bytes that the values of one call may take in the host. */
    public long liftBytesMax() {
        return liftBytesMax;
    }

    /** Around waits. */
    public Waits waits() {
        return waits;
    }

    /** Keeps the host's own state under its class, for {@link #context}. */
    public <T> Store with(Class<T> type, T value) {
        contexts.put(type, value);
        return this;
    }

    /**
     * The host's state of this class.
     *
     * @throws IllegalStateException if nobody put one: the host offers an interface without what it needs
     */
    public <T> T context(Class<T> type) {
        var value = contexts.get(type);
        if (value == null) {
            throw new IllegalStateException("the store has no " + type.getSimpleName());
        }
        return type.cast(value);
    }

    /** The host's state of this class, made by {@code first} when somebody asks for the first time. */
    public <T> T context(Class<T> type, Supplier<T> first) {
        var value = contexts.get(type);
        if (value == null) {
            value = first.get();
            contexts.put(type, value);
        }
        return type.cast(value);
    }

    /** Why the store is dead, or null if it lives. After any trap every call into it fails. */
    public @Nullable Throwable poisoned() {
        return poison;
    }

    /** Declares the store dead; the first reason stays. */
    public void poison(Throwable reason) {
        if (poison == null) {
            poison = reason;
        }
    }

    /** Runs {@code action} when the store closes, last registered first. */
    public void onClose(Runnable action) {
        onClose.add(action);
    }

    /** Runs what {@link #onClose} registered. Every action runs; the first failure is thrown at the end. Idempotent. */
    @Override
    public void close() {
        RuntimeException failure = null;
        while (!onClose.isEmpty()) {
            try {
                onClose.removeLast().run();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}

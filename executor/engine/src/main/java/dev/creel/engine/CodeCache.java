package dev.creel.engine;

import dev.creel.component.core.CoreEngine;
import dev.creel.component.host.HostInterfaces;
import dev.creel.contract.artifact.Digest;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

/**
 * Compiled components of a process by the digest of their bytes: each is compiled once, whoever asks and however many at a time,
 * and kept as long as someone uses it. Thread-safe: the lock protects the two maps; compiling happens outside it.
 */
public final class CodeCache {
    private final CoreEngine engine;
    private final HostInterfaces host;
    private final Semaphore builders;
    private final Object lock = new Object();
    private final Map<Digest, WeakReference<CompiledComponent>> ready = new HashMap<>();
    private final Map<Digest, CompletableFuture<CompiledComponent>> building = new HashMap<>();

    /** Where the bytes come from when they are needed. */
    @FunctionalInterface
    public interface Bytes {
        /** All bytes; checked against the digest by whoever gives them. */
        byte[] read() throws Exception;
    }

    /**
     * @param engine compiles
     * @param host what components may import
     * @param buildersMax components compiled at once in the process
     */
    public CodeCache(CoreEngine engine, HostInterfaces host, int buildersMax) {
        this.engine = engine;
        this.host = host;
        this.builders = new Semaphore(buildersMax);
    }

    /**
     * The compiled form of the component with this digest. Blocks while it is compiled, here or by another thread.
     *
     * @throws RefusedComponentException if it cannot run here
     * @throws Exception what {@code bytes} throws
     */
    public CompiledComponent get(Digest digest, Bytes bytes) throws Exception {
        var mine = new CompletableFuture<CompiledComponent>();
        CompletableFuture<CompiledComponent> others;
        synchronized (lock) {
            var reference = ready.get(digest);
            var known = reference == null ? null : reference.get();
            if (known != null) {
                return known;
            }
            others = building.putIfAbsent(digest, mine);
        }
        return others == null ? build(digest, bytes, mine) : await(others);
    }

    private CompiledComponent build(Digest digest, Bytes bytes, CompletableFuture<CompiledComponent> result)
            throws Exception {
        try {
            builders.acquire();
            CompiledComponent built;
            try {
                built = CompiledComponent.of(bytes.read(), engine, host);
            } finally {
                builders.release();
            }
            synchronized (lock) {
                ready.values().removeIf(reference -> reference.get() == null);
                ready.put(digest, new WeakReference<>(built));
                building.remove(digest);
            }
            result.complete(built);
            return built;
        } catch (Throwable e) {
            synchronized (lock) {
                building.remove(digest);
            }
            result.completeExceptionally(e);
            throw e;
        }
    }

    private static CompiledComponent await(CompletableFuture<CompiledComponent> others) throws Exception {
        try {
            return others.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }
}

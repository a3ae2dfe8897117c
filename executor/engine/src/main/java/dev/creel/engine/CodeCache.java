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
 * Compiled components of a process by the digests of their bytes: each is compiled once, whoever asks and however many at a time,
 * and kept as long as someone uses it. What is composed of several parts shares the code of each with everything else that it is
 * a part of. Thread-safe: the lock protects the maps; compiling happens outside it.
 */
public final class CodeCache {
    private final CoreEngines engines;
    private final HostInterfaces host;
    private final Semaphore builders;
    private final Object lock = new Object();
    private final Map<Composition, WeakReference<CompiledComponent>> ready = new HashMap<>();
    private final Map<Composition, CompletableFuture<CompiledComponent>> building = new HashMap<>();
    private final Map<PartKey, PartCode> parts = new HashMap<>();

    /** A part's code is of one engine. */
    private record PartKey(String engine, Digest digest) {}

    /** Where the bytes come from when they are needed. */
    @FunctionalInterface
    public interface Bytes {
        /** All bytes of the part with this digest; checked against it by whoever gives them. */
        byte[] read(Digest digest) throws Exception;
    }

    /**
     * @param engines compile
     * @param host what components may import
     * @param buildersMax components compiled at once in the process
     */
    public CodeCache(CoreEngines engines, HostInterfaces host, int buildersMax) {
        this.engines = engines;
        this.host = host;
        this.builders = new Semaphore(buildersMax);
    }

    /**
     * The compiled form of a component with its dependencies. Blocks while it is compiled, here or by another thread.
     *
     * @throws RefusedComponentException if it cannot run here
     * @throws Exception what {@code bytes} throws
     */
    public CompiledComponent get(Composition composition, Bytes bytes) throws Exception {
        var mine = new CompletableFuture<CompiledComponent>();
        CompletableFuture<CompiledComponent> others;
        synchronized (lock) {
            var reference = ready.get(composition);
            var known = reference == null ? null : reference.get();
            if (known != null) {
                return known;
            }
            others = building.putIfAbsent(composition, mine);
        }
        return others == null ? build(composition, bytes, mine) : await(others);
    }

    private CompiledComponent build(Composition composition, Bytes bytes, CompletableFuture<CompiledComponent> result)
            throws Exception {
        try {
            builders.acquire();
            CompiledComponent built;
            try {
                built = CompiledComponent.of(
                        composition,
                        read(composition, bytes),
                        engines,
                        engine -> new Composer(engine, host, digest -> part(engine, digest)));
            } finally {
                builders.release();
            }
            synchronized (lock) {
                ready.values().removeIf(reference -> reference.get() == null);
                pruneParts();
                ready.put(composition, new WeakReference<>(built));
                building.remove(composition);
            }
            result.complete(built);
            return built;
        } catch (Throwable e) {
            synchronized (lock) {
                building.remove(composition);
            }
            result.completeExceptionally(e);
            throw e;
        }
    }

    private static Map<Digest, byte[]> read(Composition composition, Bytes bytes) throws Exception {
        var binaries = new HashMap<Digest, byte[]>();
        binaries.put(composition.component(), bytes.read(composition.component()));
        for (var part : composition.dependencies().values()) {
            if (!binaries.containsKey(part.digest())) {
                binaries.put(part.digest(), bytes.read(part.digest()));
            }
        }
        return binaries;
    }

    /** A part that another thread is about to compile may go, too: then its code is not shared, no more. */
    private void pruneParts() {
        parts.values().removeIf(PartCode::isUnused);
    }

    /** What is compiled already, for {@code engine}, of the component with this digest. */
    private PartCode part(CoreEngine engine, Digest digest) {
        synchronized (lock) {
            return parts.computeIfAbsent(new PartKey(engine.id(), digest), unknown -> new PartCode(engine));
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

package dev.creel.engine;

import dev.creel.component.chicory.CodeCache;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.NotCompiledException;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.host.Store;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.artifact.Digest;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The components of a process in two tiers: some are loaded, all that are deployed have their derived form in a store. {@link #prepare}
 * is for deploys, and has compiled what nobody has compiled; {@link #code} is for requests, and never does. Each component is compiled
 * and loaded once, whoever asks and however many at a time. Thread-safe: the lock protects the maps, and is never held for long.
 */
public final class ComponentCache {
    private static final int SWEEP_LEAST = 64;

    private final CoreEngines engines;
    private final HostInterfaces host;
    private final ComponentCompiler compiler;
    private final CodeCache store;
    private final Residents residents;
    private final Object lock = new Object();
    /** All that are in use, whether they stay loaded or not. */
    private final Map<Composition, WeakReference<CompiledComponent>> alive = new HashMap<>();

    private final Map<Composition, CompletableFuture<CompiledComponent>> coming = new HashMap<>();
    private final Map<PartKey, PartCode> parts = new HashMap<>();
    private int sweepAt = SWEEP_LEAST;
    private final AtomicLong compiled = new AtomicLong();
    private final AtomicLong loads = new AtomicLong();

    /** A part's code is of one engine. */
    private record PartKey(String engine, Digest digest) {}

    /** Where the bytes come from when they are needed. */
    @FunctionalInterface
    public interface Bytes {
        /** All bytes of the part with this digest; checked against it by whoever gives them. */
        byte[] read(Digest digest) throws Exception;
    }

    /**
     * @param engines run what is in {@code store}
     * @param host what components may import
     * @param compiler fills {@code store} with code
     * @param store derived components and code
     * @param config what stays loaded
     */
    public ComponentCache(
            CoreEngines engines,
            HostInterfaces host,
            ComponentCompiler compiler,
            CodeCache store,
            ModuleCacheConfig config) {
        this.engines = engines;
        this.host = host;
        this.compiler = compiler;
        this.store = store;
        this.residents = new Residents(config);
    }

    /**
     * Has a component with its dependencies compiled, and loaded to see that it can be, unless that was done before: then it stays
     * where it is. Blocks while that is done, here or by another thread.
     *
     * @param tenant whose share it counts for
     * @param bytes asked if it has to be compiled
     * @param progress of compiling
     * @throws RefusedComponentException if it cannot run here
     * @throws Exception what {@code bytes} and the compiler throw
     */
    public ComponentFacts prepare(TenantId tenant, Composition composition, Bytes bytes, Consumer<String> progress)
            throws Exception {
        var known = facts(composition);
        if (known.isPresent()) {
            return known.get();
        }
        return once(tenant, composition, Store.Waits.FREE, () -> {
                    var meanwhile = facts(composition);
                    return meanwhile.isPresent() ? fromStore(composition) : compile(composition, bytes, progress);
                })
                .facts();
    }

    private CompiledComponent compile(Composition composition, Bytes bytes, Consumer<String> progress)
            throws Exception {
        var derived = compiler.compile(composition, read(composition, bytes), progress);
        compiled.incrementAndGet();
        store.put(key(composition), derived.encoded());
        var loaded = of(composition, derived);
        // Last: who finds them finds all.
        store.put(ComponentFacts.key(engines, composition), loaded.facts().encoded());
        return loaded;
    }

    /** Of what is compiled and in the store. */
    private Optional<ComponentFacts> facts(Composition composition) {
        var stored = store.get(ComponentFacts.key(engines, composition));
        if (stored.isEmpty() || !store.has(key(composition))) {
            return Optional.empty();
        }
        try {
            return Optional.of(ComponentFacts.decoded(stored.get()));
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }

    /**
     * Has a component compiled once more, although the store seems to have it: what it has turned out to be of no use.
     *
     * @throws Exception as {@link #prepare}
     */
    public void restore(TenantId tenant, Composition composition, Bytes bytes) throws Exception {
        once(tenant, composition, Store.Waits.FREE, () -> {
            try {
                return fromStore(composition);
            } catch (LostComponentException lost) {
                return compile(composition, bytes, words -> {});
            }
        });
    }

    /**
     * A component that has been prepared, as applications hold it.
     *
     * @param tenant whose share it counts for
     * @param lost told when the store turns out to have lost it, by the thread that wanted it: it has to be prepared again
     */
    public GuestCode code(TenantId tenant, Composition composition, ComponentFacts facts, Runnable lost) {
        return new Cached(this, tenant, composition, facts, lost);
    }

    private record Cached(
            ComponentCache cache, TenantId tenant, Composition composition, ComponentFacts facts, Runnable lost)
            implements GuestCode {
        @Override
        public Optional<CompiledComponent> loaded() {
            return cache.residents.look(composition);
        }

        @Override
        public boolean hasRoom() {
            return cache.residents.hasRoom();
        }

        @Override
        public CompiledComponent load(Store.Waits waits) throws LostComponentException, InterruptedException {
            try {
                return cache.load(tenant, composition, waits);
            } catch (LostComponentException e) {
                lost.run();
                throw e;
            }
        }
    }

    private CompiledComponent load(TenantId tenant, Composition composition, Store.Waits waits)
            throws LostComponentException, InterruptedException {
        try {
            return once(tenant, composition, waits, () -> fromStore(composition));
        } catch (LostComponentException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new LostComponentException("loading failed: " + e, e);
        }
    }

    /** What there is and what was done, for people to see. */
    public ModuleCacheNumbers numbers() {
        return residents.numbers(loads.get(), compiled.get());
    }

    private String key(Composition composition) {
        return DerivedComponent.key(engines, composition);
    }

    private CompiledComponent once(
            TenantId tenant, Composition composition, Store.Waits waits, Callable<CompiledComponent> make)
            throws Exception {
        var resident = residents.find(composition);
        if (resident.isPresent()) {
            return resident.get();
        }
        var mine = new CompletableFuture<CompiledComponent>();
        CompletableFuture<CompiledComponent> others;
        CompiledComponent known;
        synchronized (lock) {
            known = known(alive.get(composition));
            others = known == null ? coming.putIfAbsent(composition, mine) : null;
        }
        if (known != null) {
            residents.add(tenant, composition, known);
            return known;
        }
        return others == null ? make(tenant, composition, make, mine) : waits.during(() -> await(others));
    }

    private CompiledComponent make(
            TenantId tenant,
            Composition composition,
            Callable<CompiledComponent> make,
            CompletableFuture<CompiledComponent> result)
            throws Exception {
        try {
            var made = make.call();
            residents.add(tenant, composition, made);
            synchronized (lock) {
                sweep();
                alive.put(composition, new WeakReference<>(made));
                coming.remove(composition);
            }
            result.complete(made);
            return made;
        } catch (Throwable e) {
            synchronized (lock) {
                coming.remove(composition);
            }
            result.completeExceptionally(e);
            throw e;
        }
    }

    /** Under the lock: forgets what is gone, each time that there is twice as much as after the last time: a load must not look at all others. */
    private void sweep() {
        if (alive.size() + parts.size() >= sweepAt) {
            alive.values().removeIf(reference -> reference.get() == null);
            parts.values().removeIf(PartCode::isUnused);
            sweepAt = Math.max(SWEEP_LEAST, 2 * (alive.size() + parts.size()));
        }
    }

    private CompiledComponent fromStore(Composition composition) throws LostComponentException {
        var stored = store.get(key(composition));
        if (stored.isEmpty()) {
            throw new LostComponentException("the store no longer has it");
        }
        try {
            return of(composition, DerivedComponent.decoded(stored.get()));
        } catch (NotCompiledException e) {
            throw new LostComponentException(String.valueOf(e.getMessage()), e);
        } catch (IOException | RuntimeException e) {
            // Whatever it is, the compile step will say it again or mend it.
            throw new LostComponentException("what the store has cannot be loaded: " + e, e);
        }
    }

    private CompiledComponent of(Composition composition, DerivedComponent derived) {
        loads.incrementAndGet();
        return CompiledComponent.of(
                composition, derived, engines, engine -> new Composer(engine, host, digest -> part(engine, digest)));
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

    /** What is loaded already, for {@code engine}, of the component with this digest. */
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

    private static @Nullable CompiledComponent known(@Nullable WeakReference<CompiledComponent> reference) {
        return reference == null ? null : reference.get();
    }
}

package dev.creel.engine;

import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreModule;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compiled core modules of the component with one digest, by their number in it: shared by everything that the component is a
 * part of, and kept by that alone. Thread-safe: the lock protects the map, and is held while a module is compiled, so that nobody
 * compiles it twice.
 */
final class PartCode {
    private final CoreEngine engine;
    private final Map<Integer, WeakReference<CoreCode>> codes = new HashMap<>();

    PartCode(CoreEngine engine) {
        this.engine = engine;
    }

    /** The code of module number {@code number}, which is {@code module}. May compile for seconds. */
    synchronized CoreCode code(int number, CoreModule module) {
        var known = known(codes.get(number));
        if (known == null) {
            known = engine.compile(module, "module" + number);
            codes.put(number, new WeakReference<>(known));
        }
        return known;
    }

    /** Whether nobody uses any of it. */
    synchronized boolean isUnused() {
        return codes.values().stream().allMatch(reference -> known(reference) == null);
    }

    private static @Nullable CoreCode known(@Nullable WeakReference<CoreCode> reference) {
        return reference == null ? null : reference.get();
    }
}

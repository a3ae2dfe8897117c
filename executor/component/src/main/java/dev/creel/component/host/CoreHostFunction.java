package dev.creel.component.host;

import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.CoreMemory;

/**
 * A core function of the host that works on the caller's memory itself, below the component model: WASI preview 1 and the
 * Spin 1 ABI.
 *
 * @param type its core type
 * @param body what runs
 */
public record CoreHostFunction(CoreFuncType type, Body body) {
    /** What runs, on the guest's thread. Must check every pointer against {@link CoreMemory#size()}. */
    @FunctionalInterface
    public interface Body {
        /** Raw bits in, raw bits out. */
        long[] call(Store store, CoreMemory memory, long[] args);
    }
}

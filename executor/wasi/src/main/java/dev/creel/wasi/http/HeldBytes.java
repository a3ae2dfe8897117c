package dev.creel.wasi.http;

import dev.creel.component.core.CoreLimits;

/** What the host keeps for a guest in one object; it counts as the guest's memory until it is released. Used by the guest's thread. */
final class HeldBytes {
    private final CoreLimits limits;
    private long held;

    HeldBytes(CoreLimits limits) {
        this.limits = limits;
    }

    /** Keeps more; false if that is more than the guest may have. */
    boolean take(long bytes) {
        if (!limits.reserveHost(bytes)) {
            return false;
        }
        held += bytes;
        return true;
    }

    /** Keeps less. */
    void release(long bytes) {
        held -= bytes;
        limits.releaseHost(bytes);
    }

    /** Keeps nothing any more. */
    void releaseAll() {
        release(held);
    }
}

package dev.creel.conformance.core;

import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.InvalidModuleException;

/** Limits that refuse nothing: suites are about rules, not about limits. */
public final class Unlimited {
    /** Enough for every script. */
    public static final int HANDLES_MAX = 100_000;

    /** For memories and tables. */
    public static final CoreLimits LIMITS = new CoreLimits() {
        @Override
        public boolean reserveMemory(long bytes) {
            return true;
        }

        @Override
        public boolean reserveTable(long elements) {
            return true;
        }
    };

    private Unlimited() {}

    /** Whether the engine refuses what is valid but more than it can run: that is no answer to an invalid module. */
    public static boolean isUnsupported(InvalidModuleException refusal) {
        return String.valueOf(refusal.getMessage()).startsWith("unsupported:");
    }
}

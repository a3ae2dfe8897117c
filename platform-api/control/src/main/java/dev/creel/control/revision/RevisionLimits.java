package dev.creel.control.revision;

import dev.creel.contract.ByteSize;

/**
 * What deploys may cost.
 *
 * @param lockedAppMax bytes of a locked application
 * @param keptMax how many revisions of an app are remembered, at least 2; older ones that do not serve are dropped
 */
public record RevisionLimits(ByteSize lockedAppMax, int keptMax) {
    /** 8 MiB, 50 revisions. */
    public static final RevisionLimits DEFAULTS = new RevisionLimits(ByteSize.ofMiB(8), 50);

    public RevisionLimits {
        if (keptMax < 2) {
            throw new IllegalArgumentException("at least 2 revisions must be kept, not " + keptMax);
        }
    }
}

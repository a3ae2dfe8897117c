package dev.creel.artifacts;

import dev.creel.contract.ByteSize;
import java.time.Duration;

/**
 * What the store takes at most.
 *
 * @param blobMax bytes of one blob
 * @param manifestMax bytes of one manifest
 * @param uploadsPerTenantMax unfinished uploads of one tenant; a push of the {@code spin} client has up to 16
 * @param uploadsMax unfinished uploads of all tenants
 * @param uploadIdleMax an unfinished upload without a byte for so long is dropped
 * @param derivedMax bytes of compiled code that is kept for executors; beyond, the least recently used gives way
 */
public record ArtifactLimits(
        ByteSize blobMax,
        ByteSize manifestMax,
        int uploadsPerTenantMax,
        int uploadsMax,
        Duration uploadIdleMax,
        ByteSize derivedMax) {
    /** 512 MiB a blob, 4 MiB a manifest, 128 uploads a tenant, 4,096 in all, dropped after 30 minutes, 32 GiB of compiled code. */
    public static final ArtifactLimits DEFAULTS = new ArtifactLimits(
            ByteSize.ofMiB(512), ByteSize.ofMiB(4), 128, 4096, Duration.ofMinutes(30), ByteSize.ofMiB(32 * 1024));

    public ArtifactLimits {
        if (uploadsPerTenantMax < 1 || uploadsMax < 1) {
            throw new IllegalArgumentException("a store that takes no uploads is of no use");
        }
        if (!uploadIdleMax.isPositive()) {
            throw new IllegalArgumentException("uploadIdleMax must be longer than nothing, not " + uploadIdleMax);
        }
    }
}

package dev.creel.host.module;

import dev.creel.contract.ByteSize;

/**
 * What an artifact may weigh.
 *
 * @param documentMax bytes of the manifest and of the locked application each
 * @param wasmMax bytes of a component's binary
 * @param filesMax bytes of all files of an application together, unpacked
 * @param fileCountMax files of an application
 */
public record PullLimits(ByteSize documentMax, ByteSize wasmMax, ByteSize filesMax, int fileCountMax) {
    /** 16 MiB, 128 MiB, 1 GiB, 50,000 files. */
    public static final PullLimits DEFAULTS =
            new PullLimits(ByteSize.ofMiB(16), ByteSize.ofMiB(128), ByteSize.ofMiB(1024), 50_000);
}

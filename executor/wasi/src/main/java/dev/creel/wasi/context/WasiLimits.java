package dev.creel.wasi.context;

/**
 * What WASI lets one store take.
 *
 * @param openFilesMax files and directories open at once, preopens included; more answer {@code quota}
 * @param randomBytesMax bytes of one request for random bytes; more trap
 */
public record WasiLimits(int openFilesMax, long randomBytesMax) {
    /** 1024 open files, 64 MiB of random bytes. */
    public static final WasiLimits DEFAULT = new WasiLimits(1024, 64L << 20);

    public WasiLimits {
        if (openFilesMax < 1 || randomBytesMax < 0 || randomBytesMax > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("limits of WASI: " + openFilesMax + " open files, " + randomBytesMax
                    + " random bytes are out of range");
        }
    }
}

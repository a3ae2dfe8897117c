package dev.creel.wasi.http;

/**
 * How much HTTP one guest may have in the host's memory.
 *
 * @param fieldsBytesMax names and values of one fields object that a guest builds; beyond that the guest traps
 * @param earlyBytesMax body bytes kept for a message that is not on its way yet; at least 4096, which guests may write blindly
 * @param chunkBytesMax body bytes moved by one read or write
 */
public record HttpLimits(int fieldsBytesMax, int earlyBytesMax, int chunkBytesMax) {
    /** 128 KiB of fields, 64 KiB early, 1 MiB a chunk. */
    public static final HttpLimits DEFAULT = new HttpLimits(128 << 10, 64 << 10, 1 << 20);

    public HttpLimits {
        if (fieldsBytesMax < 1 || earlyBytesMax < 4096 || chunkBytesMax < 1) {
            throw new IllegalArgumentException("HTTP limits: fields " + fieldsBytesMax + ", early body " + earlyBytesMax
                    + " (at least 4096), chunk " + chunkBytesMax + " bytes");
        }
    }
}

package dev.creel.wasi.context;

/**
 * What WASI lets one store take.
 *
 * @param openFilesMax files and directories open at once, preopens included; more answer {@code quota}
 * @param randomBytesMax bytes of one request for random bytes; more trap
 * @param pollablesMax pollables of one call that waits; more trap, or answer {@code inval} in preview 1
 * @param socketsMax sockets at once, accepted ones included; more answer {@code new-socket-limit}
 * @param socketBufferBytesMax bytes that one socket keeps in each direction, in the host and as a hint for the system's own
 *     buffers; guests that write more wait
 * @param datagramsMax datagrams of one receive or send; guests go on from there
 * @param lookupsMax names looked up at once; more answer {@code new-socket-limit}
 */
public record WasiLimits(
        int openFilesMax,
        long randomBytesMax,
        int pollablesMax,
        int socketsMax,
        int socketBufferBytesMax,
        int datagramsMax,
        int lookupsMax) {
    /** 1024 open files, 64 MiB of random bytes, 16,384 pollables, 128 sockets of 128 KiB, 16 datagrams, 8 look-ups. */
    public static final WasiLimits DEFAULT = new WasiLimits(1024, 64L << 20, 16 << 10, 128, 128 << 10, 16, 8);

    public WasiLimits {
        if (openFilesMax < 1
                || randomBytesMax < 0
                || randomBytesMax > Integer.MAX_VALUE - 8
                || pollablesMax < 1
                || socketsMax < 0
                || socketBufferBytesMax < 4096
                || datagramsMax < 1
                || lookupsMax < 0) {
            throw new IllegalArgumentException("limits of WASI are out of range: " + openFilesMax + " open files, "
                    + randomBytesMax + " random bytes, " + pollablesMax + " pollables, " + socketsMax + " sockets, "
                    + socketBufferBytesMax + " bytes of a socket's buffer (at least 4096), " + datagramsMax
                    + " datagrams, " + lookupsMax + " look-ups");
        }
    }

    /** The same with another number of open files. */
    public WasiLimits withOpenFiles(int most) {
        return new WasiLimits(
                most, randomBytesMax, pollablesMax, socketsMax, socketBufferBytesMax, datagramsMax, lookupsMax);
    }

    /** The same with another number of random bytes. */
    public WasiLimits withRandomBytes(long most) {
        return new WasiLimits(
                openFilesMax, most, pollablesMax, socketsMax, socketBufferBytesMax, datagramsMax, lookupsMax);
    }

    /** The same with another number of pollables. */
    public WasiLimits withPollables(int most) {
        return new WasiLimits(
                openFilesMax, randomBytesMax, most, socketsMax, socketBufferBytesMax, datagramsMax, lookupsMax);
    }

    /** The same with another number of sockets. */
    public WasiLimits withSockets(int most) {
        return new WasiLimits(
                openFilesMax, randomBytesMax, pollablesMax, most, socketBufferBytesMax, datagramsMax, lookupsMax);
    }

    /** The same with other buffers of sockets. */
    public WasiLimits withSocketBuffer(int bytesMax) {
        return new WasiLimits(
                openFilesMax, randomBytesMax, pollablesMax, socketsMax, bytesMax, datagramsMax, lookupsMax);
    }

    /** The same with another number of datagrams. */
    public WasiLimits withDatagrams(int most) {
        return new WasiLimits(
                openFilesMax, randomBytesMax, pollablesMax, socketsMax, socketBufferBytesMax, most, lookupsMax);
    }

    /** The same with another number of look-ups. */
    public WasiLimits withLookups(int most) {
        return new WasiLimits(
                openFilesMax, randomBytesMax, pollablesMax, socketsMax, socketBufferBytesMax, datagramsMax, most);
    }
}

package dev.creel.engine;

import dev.creel.contract.ByteSize;
import dev.creel.wasi.context.WasiLimits;
import dev.creel.wasi.http.HttpLimits;
import java.time.Duration;

/**
 * What one run of a guest may take. Beyond a limit the guest gets an error or ends; its neighbours do not feel it.
 *
 * @param wall from the request's arrival to the end of the guest; then it is stopped within 50 ms
 * @param cpu processor time of the guest's thread; then it is stopped in the same way. Not less than {@code wall} measures nothing
 * @param memory all linear memories and tables of the run together, and what the host keeps for it: fields, bodies written ahead or read at
 *     once, sockets' buffers. A growth beyond it answers the guest -1, anything else an error or a trap
 * @param tableElements elements of all tables of the run together; each takes 8 bytes of the memory, too
 * @param handles entries of each component instance's handle table; one more is a trap
 * @param outgoingRequests requests that a run may make; one more fails with {@code connection-limit-reached}
 * @param logLine most bytes of a line of stdout or stderr; the rest of a longer line is dropped
 * @param logBytes most bytes that a run may print; the rest is dropped and said so once
 * @param wholeBody most bytes of a request for a guest that gets its body all at once (Spin 1; CGI without content-length); they
 *     count as the run's memory
 * @param requestBytes most bytes of a request's body; announced ones are refused with 413, others break off in the guest's hands
 * @param responseBytes most bytes of a response's body; then it is cut off
 * @param cgiHead most bytes of the header part that a CGI guest prints
 * @param cgiBody bytes of the body that a CGI guest prints that are kept until it ends, so that a failure can still be
 *     answered with 500; what prints more begins its response before it ends
 * @param wasi open files, sockets, pollables and the like
 * @param http fields and bodies of HTTP in the host's memory
 */
public record GuestLimits(
        Duration wall,
        Duration cpu,
        ByteSize memory,
        int tableElements,
        int handles,
        int outgoingRequests,
        ByteSize logLine,
        ByteSize logBytes,
        ByteSize wholeBody,
        ByteSize requestBytes,
        ByteSize responseBytes,
        ByteSize cgiHead,
        ByteSize cgiBody,
        WasiLimits wasi,
        HttpLimits http) {
    /** 30 s, all of them on a processor, 128 MiB, and what real guests never reach. */
    public static final GuestLimits DEFAULTS = new GuestLimits(
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            ByteSize.ofMiB(128),
            200_000,
            100_000,
            1_000,
            ByteSize.ofKiB(8),
            ByteSize.ofMiB(1),
            ByteSize.ofMiB(32),
            ByteSize.ofMiB(1024),
            ByteSize.ofMiB(1024),
            ByteSize.ofKiB(64),
            ByteSize.ofKiB(256),
            WasiLimits.DEFAULT,
            HttpLimits.DEFAULT);

    public GuestLimits {
        if (wall.isNegative() || wall.isZero()) {
            throw new IllegalArgumentException("a guest needs some time to run, not " + wall);
        }
        if (cpu.isNegative() || cpu.isZero()) {
            throw new IllegalArgumentException("a guest needs some processor time, not " + cpu);
        }
        if (tableElements < 0 || handles < 1 || outgoingRequests < 0) {
            throw new IllegalArgumentException("limits of guests cannot be negative");
        }
    }

    /** The same with another time. */
    public GuestLimits withWall(Duration other) {
        return with(other, cpu, memory, wasi, http);
    }

    /** The same with another processor time. */
    public GuestLimits withCpu(Duration other) {
        return with(wall, other, memory, wasi, http);
    }

    /** The same with another amount of memory. */
    public GuestLimits withMemory(ByteSize other) {
        return with(wall, cpu, other, wasi, http);
    }

    /** The same with other limits of WASI. */
    public GuestLimits withWasi(WasiLimits other) {
        return with(wall, cpu, memory, other, http);
    }

    /** The same with other limits of HTTP. */
    public GuestLimits withHttp(HttpLimits other) {
        return with(wall, cpu, memory, wasi, other);
    }

    /** The same with other sizes of requests and responses. */
    public GuestLimits withBodies(ByteSize request, ByteSize response) {
        return new GuestLimits(
                wall,
                cpu,
                memory,
                tableElements,
                handles,
                outgoingRequests,
                logLine,
                logBytes,
                wholeBody,
                request,
                response,
                cgiHead,
                cgiBody,
                wasi,
                http);
    }

    private GuestLimits with(
            Duration otherWall, Duration otherCpu, ByteSize otherMemory, WasiLimits otherWasi, HttpLimits otherHttp) {
        return new GuestLimits(
                otherWall,
                otherCpu,
                otherMemory,
                tableElements,
                handles,
                outgoingRequests,
                logLine,
                logBytes,
                wholeBody,
                requestBytes,
                responseBytes,
                cgiHead,
                cgiBody,
                otherWasi,
                otherHttp);
    }
}

package dev.creel.wasi.random;

import dev.creel.component.core.TrapException;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.wasi.context.WasiContext;
import dev.creel.wasi.wit.WasiWit;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Binds {@code wasi:random}. A store needs a {@link WasiContext}. */
public final class RandomInterfaces {
    /** Bytes between two looks whether the guest is to stop; a multiple of what generators make at once. */
    private static final int PIECE = 1 << 16;

    private RandomInterfaces() {}

    /** {@code random}, {@code insecure} and {@code insecure-seed}. */
    public static List<HostInterface> interfaces() {
        return List.of(secure(), insecure(), seed());
    }

    private static HostInterface secure() {
        return HostInterface.of(WasiWit.of("random/random"))
                .function("get-random-bytes", (store, args) -> bytes(store, strong(store), (Long) args[0]))
                .function("get-random-u64", (store, args) -> strong(store).nextLong())
                .build();
    }

    private static HostInterface insecure() {
        return HostInterface.of(WasiWit.of("random/insecure"))
                .function(
                        "get-insecure-random-bytes",
                        (store, args) -> bytes(store, ThreadLocalRandom.current(), (Long) args[0]))
                .function(
                        "get-insecure-random-u64",
                        (store, args) -> ThreadLocalRandom.current().nextLong())
                .build();
    }

    /** Guests seed hash tables with it, against collisions made on purpose: it must be hard to guess all the same. */
    private static HostInterface seed() {
        return HostInterface.of(WasiWit.of("random/insecure-seed"))
                .function("insecure-seed", (store, args) ->
                        new Object[] {strong(store).nextLong(), strong(store).nextLong()})
                .build();
    }

    private static RandomGenerator strong(Store store) {
        return store.context(WasiContext.class).random();
    }

    private static byte[] bytes(Store store, RandomGenerator source, long length) {
        long most = store.context(WasiContext.class).limits().randomBytesMax();
        if (Long.compareUnsigned(length, most) > 0) {
            throw new TrapException("wasi:random: " + Long.toUnsignedString(length)
                    + " random bytes asked for at once, at most " + most + " are given");
        }
        var bytes = new byte[(int) length];
        var flag = store.limits().flag();
        for (int at = 0; at < bytes.length; at += PIECE) {
            // Much of it takes longer than a guest may go on after its deadline.
            if (flag.isRaised()) {
                flag.reached();
            }
            var piece = new byte[Math.min(PIECE, bytes.length - at)];
            source.nextBytes(piece);
            System.arraycopy(piece, 0, bytes, at, piece.length);
        }
        return bytes;
    }
}

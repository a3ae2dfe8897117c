package dev.creel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.ByteSize;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeptArraysTest {
    private final KeptArrays arrays = new KeptArrays(ByteSize.ofBytes(100));

    @Test
    void givesAnArrayOfExactlyTheLengthOnce() {
        var array = new byte[30];
        arrays.give(array);
        assertNull(arrays.take(29));
        assertNull(arrays.take(31));
        assertSame(array, arrays.take(30));
        assertNull(arrays.take(30));
        assertEquals(ByteSize.ofBytes(0), arrays.kept());
    }

    @Test
    void dropsTheLengthThatNobodyAskedForLongest() {
        arrays.give(new byte[40]);
        arrays.give(new byte[30]);
        arrays.give(new byte[10]);
        arrays.give(Objects.requireNonNull(arrays.take(40)));
        arrays.give(new byte[25]);
        assertNull(arrays.take(30));
        assertEquals(ByteSize.ofBytes(75), arrays.kept());
        arrays.give(new byte[26]);
        assertNull(arrays.take(10));
        assertEquals(ByteSize.ofBytes(91), arrays.kept());
    }

    @Test
    void keepsNothingLargerThanAllOfItAndNothingEmpty() {
        arrays.give(new byte[101]);
        arrays.give(new byte[0]);
        assertNull(arrays.take(101));
        assertNull(arrays.take(0));
        assertEquals(ByteSize.ofBytes(0), arrays.kept());
    }

    @Test
    void givesNoArrayToTwo() throws Exception {
        var out = ConcurrentHashMap.<byte[]>newKeySet();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var all = IntStream.range(0, 4)
                    .mapToObj(i -> threads.submit(() -> hammer(out)))
                    .toList();
            for (var one : all) {
                one.get();
            }
        }
        assertEquals(Set.of(), out);
    }

    private void hammer(Set<byte[]> out) {
        for (var i = 0; i < 20_000; i++) {
            var taken = arrays.take(10);
            var array = taken == null ? new byte[10] : taken;
            // Arrays are equal to nobody but themselves.
            assertTrue(out.add(array));
            out.remove(array);
            arrays.give(array);
        }
    }
}

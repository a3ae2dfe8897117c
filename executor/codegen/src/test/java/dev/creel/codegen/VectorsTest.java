package dev.creel.codegen;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.creel.codegen.emit.SplitSizes;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreInstance;
import dev.creel.component.core.TrapException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Vectors, with functions whole and cut as small as they can be. */
final class VectorsTest {
    private static final int SEEDS = 30;

    static List<SplitSizes> sizes() {
        return AgainstChicoryTest.sizes();
    }

    private static CoreInstance instance(SplitSizes sizes) throws IOException {
        return Guests.instance(new CodegenEngine(sizes), "vectors");
    }

    private static CoreFunction function(CoreInstance instance, String name) {
        return (CoreFunction) Guests.export(instance, name);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void vectorsComputeWhatNumbersDo(SplitSizes sizes) throws IOException {
        var difference = function(instance(sizes), "difference");
        for (var seed = 0; seed < SEEDS; seed++) {
            assertEquals(0, difference.call(seed)[0], "seed " + seed);
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void theHostHasTheHalvesOfVectors(SplitSizes sizes) throws IOException {
        var swap = function(instance(sizes), "swap");
        assertArrayEquals(new long[] {4, 3, 2, 1}, swap.call(1, 2, 3, 4));
        assertThrows(IllegalArgumentException.class, () -> swap.call(1, 2, 3));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void accessesOutsideOfTheMemoryTrap(SplitSizes sizes) throws IOException {
        var instance = instance(sizes);
        for (var name : List.of("bounds", "bounds, offset", "bounds, lane", "bounds, store")) {
            var trap = assertThrows(TrapException.class, function(instance, name)::call, name);
            assertEquals("out of bounds memory access", trap.getMessage(), name);
        }
    }
}

package dev.creel.codegen;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.codegen.emit.SplitSizes;
import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreInstance;
import dev.creel.component.core.CoreMemory;
import dev.creel.component.core.InterruptedGuestException;
import dev.creel.component.core.TrapException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The same guests on both engines, with functions whole and cut as small as they can be. */
final class AgainstChicoryTest {
    private static final SplitSizes TINY = new SplitSizes(0, 20, 20, 8, 3, 60, 0);
    private static final int SEEDS = 200;

    static List<SplitSizes> sizes() {
        return List.of(SplitSizes.USUAL, TINY);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void trapsHaveTheSameNames(SplitSizes sizes) throws IOException {
        var names = Guests.code(new ChicoryEngine(), "traps").exports().keySet();
        assertTrue(names.size() > 20);
        for (var name : names) {
            if (!name.equals("spin")) {
                assertEquals(outcome(new ChicoryEngine(), name), outcome(new CodegenEngine(sizes), name), name);
            }
        }
    }

    private static String outcome(CoreEngine engine, String name) throws IOException {
        var function = function(Guests.instance(engine, "traps"), name);
        var args = new long[function.type().type().params().size()];
        Arrays.fill(args, 1);
        try {
            return Arrays.toString(function.call(args));
        } catch (TrapException trap) {
            return String.valueOf(trap.getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void anInterpreterComputesTheSame(SplitSizes sizes) throws IOException {
        var theirs = Guests.instance(new ChicoryEngine(), "flow");
        var ours = Guests.instance(new CodegenEngine(sizes), "flow");
        var wanted = new ArrayList<Long>();
        var computed = new ArrayList<Long>();
        for (var seed = 0; seed < SEEDS; seed++) {
            wanted.add(function(theirs, "run").call(seed * 977L, seed)[0]);
            computed.add(function(ours, "run").call(seed * 977L, seed)[0]);
        }
        assertEquals(wanted, computed);
        assertArrayEquals(bytes(theirs), bytes(ours));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void switchesLeadToTheSame(SplitSizes sizes) throws IOException {
        var theirs = Guests.instance(new ChicoryEngine(), "switches");
        var ours = Guests.instance(new CodegenEngine(sizes), "switches");
        for (var i = 0L; i < SEEDS; i++) {
            for (var name : List.of("resume", "machine")) {
                assertEquals(
                        function(theirs, name).call(i * i)[0],
                        function(ours, name).call(i * i)[0],
                        name + " " + i * i);
            }
        }
        assertArrayEquals(bytes(theirs), bytes(ours));
    }

    /** Of more than one piece, with areas that overlap either way and that end where the memory does. */
    @Test
    void largeCopiesAndFillsDoTheSame() throws IOException {
        var memories = new ArrayList<byte[]>();
        for (var engine : List.of(new ChicoryEngine(), new CodegenEngine())) {
            var instance = Guests.instance(engine, "bulk");
            function(instance, "mark").call(0, 96 << 14);
            function(instance, "copy").call(1_000_003, 5, 3_500_000);
            function(instance, "copy").call(7, 1_400_011, 2_900_001);
            function(instance, "fill").call(2_000_001, 0xab, 2_500_000);
            function(instance, "fill").call((96 << 16) - 1_500_000, 0x11, 1_500_000);
            memories.add(bytes(instance));
        }
        assertArrayEquals(memories.getFirst(), memories.getLast());
    }

    @ParameterizedTest
    @CsvSource({"fill, 1", "copy, 9"})
    void interruptionStopsALargeOperation(String name, long second) throws IOException {
        var ours = Guests.instance(new CodegenEngine(), "bulk");
        var operation = function(ours, name);
        operation.call(0, second, 1 << 20);
        Guests.stop(ours);
        assertThrows(InterruptedGuestException.class, () -> operation.call(0, second, 4 << 20));
    }

    @ParameterizedTest
    @CsvSource({"traps, spin", "switches, forever"})
    void interruptionStopsALoop(String guestName, String name) throws Exception {
        var ours = Guests.instance(new CodegenEngine(), guestName);
        var spin = function(ours, name);
        var thrown = new Throwable[1];
        var guest = new Thread(() -> {
            try {
                spin.call();
            } catch (TrapException trap) {
                thrown[0] = trap;
            }
        });
        guest.start();
        Guests.stop(ours);
        guest.join(10_000);
        assertTrue(thrown[0] instanceof InterruptedGuestException, "it was " + thrown[0]);
    }

    private static byte[] bytes(CoreInstance instance) {
        return ((CoreMemory) Guests.export(instance, "memory")).bytes();
    }

    private static CoreFunction function(CoreInstance instance, String name) {
        return (CoreFunction) Guests.export(instance, name);
    }
}

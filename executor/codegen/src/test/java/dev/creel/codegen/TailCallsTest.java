package dev.creel.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.creel.codegen.emit.SplitSizes;
import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.InterruptedGuestException;
import dev.creel.component.core.TrapException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls that take no stack, with functions whole and cut as small as they can be. */
final class TailCallsTest {
    private static final long DEEP = 1_000_000;

    static List<SplitSizes> sizes() {
        return AgainstChicoryTest.sizes();
    }

    private static CoreFunction function(SplitSizes sizes, String name) throws IOException {
        return (CoreFunction) Guests.export(Guests.instance(new CodegenEngine(sizes), "tails"), name);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void aMillionCallsTakeNoStack(SplitSizes sizes) throws IOException {
        assertEquals(1, function(sizes, "even").call(DEEP)[0]);
        assertEquals(0, function(sizes, "odd").call(DEEP)[0]);
        assertEquals(3 * DEEP * (DEEP + 1) / 2, function(sizes, "sum").call(DEEP, 0)[0]);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void argumentsAndResultsOfAllKindsArrive(SplitSizes sizes) throws IOException {
        var theirs = (CoreFunction) Guests.export(Guests.instance(new ChicoryEngine(), "tails"), "mixed");
        for (var depth = 0; depth < 20; depth++) {
            assertEquals(theirs.call(depth)[0], function(sizes, "mixed").call(depth)[0]);
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void aHandlerIsLeftBeforeTheCall(SplitSizes sizes) throws IOException {
        assertEquals(2, function(sizes, "leaves").call()[0]);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void callsOfWhatIsNotThereTrap(SplitSizes sizes) throws IOException {
        assertEquals("indirect call type mismatch", trap(function(sizes, "mismatch")));
        assertEquals("undefined element", trap(function(sizes, "undefined")));
    }

    private static String trap(CoreFunction function) {
        return String.valueOf(assertThrows(TrapException.class, function::call).getMessage());
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void interruptionStopsThem(SplitSizes sizes) throws Exception {
        for (var name : List.of("spin", "self")) {
            var ours = Guests.instance(new CodegenEngine(sizes), "tails");
            var spin = (CoreFunction) Guests.export(ours, name);
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
            assertInstanceOf(InterruptedGuestException.class, thrown[0]);
        }
    }
}

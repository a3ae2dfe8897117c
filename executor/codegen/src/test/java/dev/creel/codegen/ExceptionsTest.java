package dev.creel.codegen;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.creel.codegen.emit.SplitSizes;
import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreInstance;
import dev.creel.component.core.CoreMemory;
import dev.creel.component.core.InterruptedGuestException;
import dev.creel.component.core.TrapException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exceptions of guests, with functions whole and cut as small as they can be. */
final class ExceptionsTest {
    private static final int SEEDS = 60;
    private static final int OFTEN = 3_000;
    private static final String HOST = "of the host";

    static List<SplitSizes> sizes() {
        return AgainstChicoryTest.sizes();
    }

    private static CoreInstance instance(CoreEngine engine) throws IOException {
        var fail = CoreFunction.host("fail", new CoreFuncType(List.of(), List.of()), args -> {
            throw new IllegalStateException(HOST);
        });
        return Guests.code(engine, "exceptions").instantiate(List.of(fail), Guests.flagged());
    }

    private static CoreFunction function(CoreInstance instance, String name) {
        return (CoreFunction) Guests.export(instance, name);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void handlersSeeWhatChangedBeforeTheThrow(SplitSizes sizes) throws IOException {
        var theirs = instance(new ChicoryEngine());
        var ours = instance(new CodegenEngine(sizes));
        var wanted = new ArrayList<Long>();
        var computed = new ArrayList<Long>();
        for (var seed = 0; seed < SEEDS; seed++) {
            wanted.add(function(theirs, "run").call(seed)[0]);
            computed.add(function(ours, "run").call(seed)[0]);
        }
        assertEquals(wanted, computed);
        assertArrayEquals(
                ((CoreMemory) Guests.export(theirs, "memory")).bytes(),
                ((CoreMemory) Guests.export(ours, "memory")).bytes());
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void framesOfFunctionsThatAnExceptionEndsAreGivenBack(SplitSizes sizes) throws IOException {
        var again = function(instance(new CodegenEngine(sizes)), "again");
        assertEquals(OFTEN, again.call(OFTEN)[0]);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void guestsDoNotCatchTrapsNorTheHost(SplitSizes sizes) throws IOException {
        var ours = instance(new CodegenEngine(sizes));
        assertEquals("unreachable", trap(ours, "trap"));
        assertEquals("out of bounds memory access", trap(ours, "bounds"));
        assertEquals("call stack exhausted", trap(ours, "overflow"));
        assertEquals("uncaught exception of the guest", trap(ours, "uncaught"));
        assertEquals("null exception reference", trap(ours, "null"));
        var host = function(ours, "host");
        assertEquals(HOST, assertThrows(IllegalStateException.class, host::call).getMessage());
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void handlersSeeTheMemoryThatGrewBeforeTheThrow(SplitSizes sizes) throws IOException {
        var grown = function(instance(new CodegenEngine(sizes)), "grown");
        assertEquals(10 << 16, grown.call()[0]);
    }

    private static String trap(CoreInstance instance, String name) {
        var function = function(instance, name);
        return String.valueOf(
                assertThrows(TrapException.class, function::call, name).getMessage());
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void guestsDoNotCatchInterruption(SplitSizes sizes) throws Exception {
        var ours = instance(new CodegenEngine(sizes));
        var spin = function(ours, "spin");
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

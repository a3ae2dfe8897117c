package dev.creel.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.codegen.emit.SplitSizes;
import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.TrapException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Typed function references, with functions whole and cut as small as they can be. */
final class ReferencesTest {
    private static final int SEEDS = 30;
    private static final long DEEP = 1_000_000;

    static List<SplitSizes> sizes() {
        return AgainstChicoryTest.sizes();
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void callsAndBranchesComputeTheSame(SplitSizes sizes) throws IOException {
        var theirs = Guests.instance(new ChicoryEngine(), "references");
        var ours = Guests.instance(new CodegenEngine(sizes), "references");
        for (var name : List.of("run", "pair")) {
            var wanted = (CoreFunction) Guests.export(theirs, name);
            var computed = (CoreFunction) Guests.export(ours, name);
            for (var seed = 0; seed < SEEDS; seed++) {
                assertEquals(wanted.call(seed)[0], computed.call(seed)[0], name + " " + seed);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void tailCallsOfReferencesTakeNoStack(SplitSizes sizes) throws IOException {
        var ours = Guests.instance(new CodegenEngine(sizes), "references");
        var count = (CoreFunction) Guests.export(ours, "count");
        assertEquals(2 * DEEP + 1, count.call(DEEP, 1)[0]);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void nullTraps(SplitSizes sizes) throws IOException {
        var ours = Guests.instance(new CodegenEngine(sizes), "references");
        for (var name : List.of(
                "null function reference",
                "null function reference, tail",
                "null reference",
                "null reference of the host")) {
            var trap = assertThrows(TrapException.class, ((CoreFunction) Guests.export(ours, name))::call, name);
            assertTrue(name.startsWith(String.valueOf(trap.getMessage())), name + ": " + trap);
        }
    }
}

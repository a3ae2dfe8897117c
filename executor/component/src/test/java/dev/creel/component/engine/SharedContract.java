package dev.creel.component.engine;

import static dev.creel.component.engine.CoreGuests.export;
import static dev.creel.component.engine.CoreGuests.function;
import static dev.creel.component.engine.CoreGuests.i32;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreInstance;
import dev.creel.component.core.CoreMemory;
import dev.creel.component.core.TrapException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables, memories, globals and functions that instances of different modules share, whether these are large or not. */
public abstract class SharedContract {
    private final CoreEngine engine;
    private final CoreInstance owner;

    /** Asks {@code engine}. */
    protected SharedContract(CoreEngine engine) {
        this.engine = engine;
        this.owner = CoreGuests.instance(engine, "owner");
    }

    private CoreInstance user(Padding padding) {
        return CoreGuests.instance(
                engine,
                "user",
                padding,
                export(owner, "table"),
                export(owner, "memory"),
                export(owner, "counter"),
                export(owner, "call32"));
    }

    @ParameterizedTest
    @EnumSource(Padding.class)
    void callsThroughASharedTableCompareTypesByStructure(Padding padding) {
        var user = user(padding);
        assertEquals(42, i32(user, "call32", 41, 0));
        assertEquals(-5, function(user, "call64").call(5, 1)[0]);
        assertEquals(21, i32(owner, "call32", 42, 2), "a function of the user, called by the owner");
    }

    @ParameterizedTest
    @EnumSource(Padding.class)
    void refusesACallWithTheSameTypeIndexAndAnotherType(Padding padding) {
        var user = user(padding);
        for (var call : List.of(new long[] {5, 0}, new long[] {5, 2})) {
            var trap = assertThrows(
                    TrapException.class, () -> function(user, "call64").call(call));
            assertEquals("indirect call type mismatch", trap.getMessage());
        }
        assertThrows(TrapException.class, () -> i32(user, "call32", 5, 1));
    }

    @ParameterizedTest
    @EnumSource(Padding.class)
    void functionsKeepTheirOwnerWhereverTheyAreMoved(Padding padding) {
        var user = user(padding);
        function(user, "move").call(4, 0);
        function(user, "copy").call(5, 0, 2);
        function(user, "copy").call(6, 5, 2);
        function(user, "fill").call(3, 0, 1);
        assertEquals(8, i32(user, "grow", 0, 3));
        assertEquals(11, i32(owner, "size"));
        for (var index : List.of(0, 3, 4, 5, 6, 8, 10)) {
            assertEquals(8, i32(user, "call32", 7, index), "element " + index);
            assertEquals(8, i32(owner, "call32", 7, index), "element " + index);
        }
        assertEquals(-7, function(user, "call64").call(7, 7)[0]);
        assertEquals(8, i32(user, "through-own", 7, 0));
        assertEquals(10, i32(user, "through-own", 20, 2), "its own function out of the other's table");
    }

    @ParameterizedTest
    @EnumSource(Padding.class)
    void memoryInitReadsTheInstancesOwnSegment(Padding padding) {
        var user = user(padding);
        var other = CoreGuests.instance(engine, "passive", padding, export(owner, "memory"));
        function(user, "init").call(8);
        function(other, "init").call(12);
        function(user, "init").call(16);
        var bytes = ((CoreMemory) export(owner, "memory")).bytes();
        assertArrayEquals("userthisuser".getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(bytes, 8, 20));
        function(user, "drop").call();
        assertThrows(TrapException.class, () -> function(user, "init").call(0));
        function(other, "init").call(0);
        var again = user(padding);
        function(again, "init").call(0);
    }

    @ParameterizedTest
    @EnumSource(Padding.class)
    void globalsAreOneForAll(Padding padding) {
        var user = user(padding);
        function(user, "count").call();
        assertEquals(6, i32(owner, "counted"));
    }

    @ParameterizedTest
    @EnumSource(Padding.class)
    void exportsAreTheSameObjectEachTime(Padding padding) {
        var user = user(padding);
        for (var name : List.of("call32", "grow")) {
            assertSame(export(user, name), export(user, name));
        }
        assertSame(export(owner, "memory"), export(owner, "memory"));
        assertSame(export(owner, "table"), export(owner, "table"));
    }
}

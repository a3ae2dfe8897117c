package dev.creel.component.engine;

import static dev.creel.component.engine.CoreGuests.function;
import static dev.creel.component.engine.CoreGuests.i32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.GuestFlag;
import dev.creel.component.core.InstructionTrap;
import dev.creel.component.core.InterruptedGuestException;
import dev.creel.component.core.TrapException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Traps by their names, limits, interruption. */
public abstract class TrapsContract {
    private final CoreEngine engine;

    /** Asks {@code engine}. */
    protected TrapsContract(CoreEngine engine) {
        this.engine = engine;
    }

    @ParameterizedTest
    @EnumSource(
            value = Padding.class,
            names = {"NONE", "ALL"})
    void everyTrapHasTheSpecificationsName(Padding padding) {
        var code = engine.compile(engine.parse(padding.of(CoreGuests.wasm("traps"))), "traps");
        var names = code.exports().keySet().stream()
                .filter(name -> (name.contains(" ") && !name.startsWith("grow")) || name.equals("unreachable"))
                .toList();
        assertTrue(names.size() > 20);
        for (var name : names) {
            var instance = code.instantiate(List.of(), CoreGuests.UNLIMITED);
            var args = name.equals("call stack exhausted") ? new long[] {0} : new long[0];
            var trap = assertThrows(
                    TrapException.class, () -> function(instance, name).call(args), name);
            var expected = name.replaceFirst("(,| in ).*", "");
            assertEquals(expected, trap.getMessage(), name);
            var known = InstructionTrap.of(trap).orElseThrow(() -> new AssertionError("no name: " + name));
            assertEquals(!name.equals("unreachable"), known.failedCheck(), name);
            assertEquals(0, i32(instance, "byte", 1), "nothing written by " + name);
        }
    }

    @Test
    void growthStopsAtTheModulesMaximum() {
        var instance = CoreGuests.instance(engine, "traps");
        assertEquals(-1, i32(instance, "grow", 3));
        assertEquals(-1, i32(instance, "grow", -1));
        assertEquals(1, i32(instance, "grow", 2));
        assertEquals(3, i32(instance, "pages"));
        assertEquals(-1, i32(instance, "grow table", 7));
        assertEquals(-1, i32(instance, "grow table", -1));
        assertEquals(4, i32(instance, "grow table", 6));
    }

    @Test
    void oneInstancesGrowthIsNotTheNextOnesStart() {
        var code = CoreGuests.code(engine, "traps");
        var first = code.instantiate(List.of(), CoreGuests.UNLIMITED);
        assertEquals(4, i32(first, "grow table", 3));
        assertEquals(1, i32(first, "grow", 1));
        var second = code.instantiate(List.of(), CoreGuests.UNLIMITED);
        assertEquals(4, i32(second, "elements"));
        assertEquals(1, i32(second, "pages"));
    }

    @Test
    void theLimitRefusesGrowthWithMinusOne() {
        var code = CoreGuests.code(engine, "traps");
        var instance = code.instantiate(List.of(), CoreGuests.limits(2 * 65536, 6));
        assertEquals(1, i32(instance, "grow", 1));
        assertEquals(-1, i32(instance, "grow", 1));
        assertEquals(4, i32(instance, "grow table", 2));
        assertEquals(-1, i32(instance, "grow table", 1));
        assertEquals(2, i32(instance, "pages"));
    }

    @Test
    void theLimitRefusesAnInitialSizeBeyondIt() {
        var code = CoreGuests.code(engine, "bigstart");
        assertThrows(TrapException.class, () -> code.instantiate(List.of(), CoreGuests.limits(3 * 65536, 100)));
        assertThrows(TrapException.class, () -> code.instantiate(List.of(), CoreGuests.limits(4 * 65536, 99)));
        code.instantiate(List.of(), CoreGuests.limits(4 * 65536, 100));
    }

    @Test
    void theLastByteIsReachedAfterGrowthAndTheOneBehindItIsNot() {
        var instance = CoreGuests.instance(engine, "traps");
        i32(instance, "grow", 1);
        assertEquals(0, i32(instance, "byte", 2 * 65536 - 1));
        assertThrows(TrapException.class, () -> i32(instance, "byte", 2 * 65536));
    }

    @ParameterizedTest
    @EnumSource(
            value = Padding.class,
            names = {"NONE", "ALL"})
    void interruptionStopsALoop(Padding padding) throws InterruptedException {
        var flag = new GuestFlag();
        var spin = function(CoreGuests.instance(engine, "traps", padding, CoreGuests.flagged(flag)), "spin");
        var thrown = new Throwable[1];
        var guest = new Thread(() -> thrown[0] = assertThrows(TrapException.class, spin::call));
        guest.start();
        // An engine looks at one of the two.
        flag.raise();
        guest.interrupt();
        guest.join(10_000);
        assertEquals(InterruptedGuestException.class, thrown[0].getClass());
    }

    @Test
    void aWrongNumberOfArgumentsIsTheCallersMistake() {
        CoreFunction deep = function(CoreGuests.instance(engine, "traps"), "grow");
        assertThrows(IllegalArgumentException.class, deep::call);
    }
}

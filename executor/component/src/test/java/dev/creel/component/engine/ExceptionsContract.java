package dev.creel.component.engine;

import static dev.creel.component.engine.CoreGuests.export;
import static dev.creel.component.engine.CoreGuests.function;
import static dev.creel.component.engine.CoreGuests.i32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreInstance;
import dev.creel.component.core.TrapException;
import dev.creel.component.core.ValueKind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What guests throw and catch. */
public abstract class ExceptionsContract {
    private final CoreEngine engine;

    /** Asks {@code engine}. */
    protected ExceptionsContract(CoreEngine engine) {
        this.engine = engine;
    }

    private CoreInstance thrower(Padding padding, CoreFunction.Body host) {
        var i32 = List.of(ValueKind.I32);
        return CoreGuests.instance(
                engine, "thrower", padding, CoreFunction.host("call", new CoreFuncType(i32, i32), host));
    }

    @ParameterizedTest
    @EnumSource(Padding.class)
    void exceptionsOfGuestsAreCaughtByTheirTagAndNoOther(Padding padding) {
        var thrower = thrower(padding, args -> args);
        var catcher = CoreGuests.instance(engine, "catcher", padding, export(thrower, "tag"), export(thrower, "throw"));
        assertEquals(9, i32(thrower, "catch", 9));
        assertEquals(5, i32(catcher, "theirs", 5));
        assertThrows(TrapException.class, () -> i32(catcher, "mine", 5));
        assertEquals(6, i32(catcher, "theirs", 6));
    }

    @ParameterizedTest
    @EnumSource(Padding.class)
    void whatNobodyCatchesIsATrap(Padding padding) {
        var thrower = thrower(padding, args -> args);
        var trap = assertThrows(
                TrapException.class, () -> function(thrower, "throw").call(1));
        assertEquals("uncaught exception of the guest", trap.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Padding.class)
    void guestsDoNotCatchWhatTheHostThrows(Padding padding) {
        var thrown = new IllegalStateException("of the host");
        var thrower = thrower(padding, args -> {
            throw thrown;
        });
        assertSame(thrown, assertThrows(IllegalStateException.class, () -> i32(thrower, "guarded", 50)));
        assertEquals(1, i32(thrower(padding, args -> args), "guarded", 200));
    }
}

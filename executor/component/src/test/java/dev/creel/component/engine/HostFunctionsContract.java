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
import dev.creel.component.core.LinkException;
import dev.creel.component.core.TrapException;
import dev.creel.component.core.ValueKind;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls of the host, and what it throws. */
public abstract class HostFunctionsContract {
    private static final CoreFuncType I32_I32 = new CoreFuncType(List.of(ValueKind.I32), List.of(ValueKind.I32));
    private final CoreEngine engine;

    /** Asks {@code engine}. */
    protected HostFunctionsContract(CoreEngine engine) {
        this.engine = engine;
    }

    private static CoreFunction host(IntUnaryOperator body) {
        return CoreFunction.host("call", I32_I32, args -> new long[] {body.applyAsInt((int) args[0])});
    }

    private CoreInstance instance(Padding padding, IntUnaryOperator body) {
        return CoreGuests.instance(engine, "host", padding, host(body));
    }

    @ParameterizedTest
    @EnumSource(Padding.class)
    void whatAHostFunctionThrowsComesOutUnchangedThroughManyGuestFrames(Padding padding) {
        var thrown = new IllegalStateException("of the host");
        var instance = instance(padding, argument -> {
            if (argument == 1) {
                throw thrown;
            }
            return 0;
        });
        assertSame(thrown, assertThrows(IllegalStateException.class, () -> i32(instance, "again", 50)));
    }

    @Test
    void errorsOfAHostFunctionComeOutUnchanged() {
        var thrown = new AssertionError("of the host");
        var instance = instance(Padding.NONE, argument -> {
            if (argument == 1) {
                throw thrown;
            }
            return 0;
        });
        assertSame(thrown, assertThrows(AssertionError.class, () -> i32(instance, "again", 3)));
    }

    @Test
    void aHostThatRecursesThroughTheGuestEndsInATrap() {
        var self = new CoreInstance[1];
        var instance = instance(Padding.NONE, argument -> argument == 1 ? i32(self[0], "again", 3) : 0);
        self[0] = instance;
        var trap = assertThrows(TrapException.class, () -> i32(instance, "again", 3));
        assertEquals("call stack exhausted", trap.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Padding.class)
    void theStartSectionRunsAndNothingElse(Padding padding) {
        assertEquals(8, i32(instance(padding, argument -> argument + 1), "started"));
    }

    @Test
    void whatTheStartFunctionsHostThrowsComesOutUnchanged() {
        var thrown = new IllegalStateException("of the host");
        assertSame(
                thrown,
                assertThrows(
                        IllegalStateException.class,
                        () -> instance(Padding.NONE, argument -> {
                            throw thrown;
                        })));
    }

    @Test
    void anImportThatIsExportedIsTheSameObject() {
        var host = host(argument -> argument);
        assertSame(host, export(CoreGuests.instance(engine, "host", host), "same"));
    }

    @Test
    void refusesImportsThatDoNotFitAndNamesThem() {
        var wrong = CoreFunction.host("call", new CoreFuncType(List.of(), List.of()), args -> new long[0]);
        var code = CoreGuests.code(engine, "host");
        var refused = assertThrows(LinkException.class, () -> code.instantiate(List.of(wrong), CoreGuests.UNLIMITED));
        assertEquals(true, refused.getMessage().contains("host.call"), refused.getMessage());
        assertThrows(LinkException.class, () -> code.instantiate(List.of(), CoreGuests.UNLIMITED));
        assertThrows(
                LinkException.class,
                () -> code.instantiate(
                        List.of(function(CoreGuests.instance(engine, "traps"), "spin")), CoreGuests.UNLIMITED));
    }

    @Test
    void largeAndSmallFunctionsRecurseThroughEachOther() {
        for (var padding : Padding.values()) {
            assertEquals(1, i32(instance(padding, argument -> argument), "again", 200));
        }
    }
}

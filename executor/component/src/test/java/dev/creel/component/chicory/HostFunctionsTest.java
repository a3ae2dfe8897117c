package dev.creel.component.chicory;

import static dev.creel.component.chicory.CoreGuests.export;
import static dev.creel.component.chicory.CoreGuests.function;
import static dev.creel.component.chicory.CoreGuests.i32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

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

final class HostFunctionsTest {
    private static final CoreFuncType I32_I32 = new CoreFuncType(List.of(ValueKind.I32), List.of(ValueKind.I32));
    private final ChicoryEngine engine = new ChicoryEngine();

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
        assertSame(thrown, assertThrows(IllegalStateException.class, () -> i32(instance, "guarded", 50)));
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

    @ParameterizedTest
    @EnumSource(Padding.class)
    void exceptionsOfGuestsAreCaughtByTheirTagAndNoOther(Padding padding) {
        var thrower = instance(padding, argument -> argument);
        var catcher = CoreGuests.instance(engine, "catcher", padding, export(thrower, "tag"), export(thrower, "throw"));
        assertEquals(9, i32(thrower, "catch", 9));
        assertEquals(5, i32(catcher, "theirs", 5));
        assertThrows(TrapException.class, () -> i32(catcher, "mine", 5));
        assertEquals(6, i32(catcher, "theirs", 6));
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
    void interpretedAndCompiledFunctionsRecurseThroughEachOther() {
        for (var padding : Padding.values()) {
            assertEquals(
                    1,
                    function(instance(padding, argument -> argument), "guarded").call(200)[0]);
        }
    }
}

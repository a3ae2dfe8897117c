package dev.creel.component.abi;

import static dev.creel.component.abi.TestPlan.call;
import static dev.creel.component.abi.TestPlan.store;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.ComponentInstance;
import dev.creel.component.core.TrapException;
import dev.creel.component.host.Store;
import dev.creel.component.plan.CallCode;
import dev.creel.component.plan.CoreRef;
import dev.creel.component.plan.StringEncoding;
import dev.creel.component.type.ValType.Primitive;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls across the border with real guests: spilled values, strings, realloc, post-return, poisoning. */
@ParameterizedClass
@EnumSource(CallCode.class)
final class ValuesTest {
    private final CallCode calls;
    private final TestPlan plan;
    private final Store store = store();
    private PlainGuest guest;

    ValuesTest(CallCode calls) {
        this.calls = calls;
        this.plan = new TestPlan(calls);
    }

    private ComponentInstance plain(StringEncoding encoding) {
        guest = new PlainGuest(plan, -1, "", encoding, null);
        guest.exportAll(plan, "");
        return plan.instantiate(store);
    }

    private ComponentInstance plain() {
        return plain(StringEncoding.UTF8);
    }

    @Test
    void spillsSeventeenParametersBothWays() {
        var args = new Object[17];
        for (int i = 0; i < 17; i++) {
            args[i] = 1L << (2 * i);
        }
        long sum = 0x155555555L;
        assertEquals(sum + (1L << 32), call(plain(), "sum", args));
    }

    @Test
    void returnsTwoValuesThroughMemoryBothWays() {
        assertArrayEquals(new Object[] {7L, 1L << 40}, (Object[]) call(plain(), "pair"));
    }

    @ParameterizedTest
    @EnumSource(StringEncoding.class)
    void carriesStringsInEveryEncoding(StringEncoding encoding) {
        var instance = plain(encoding);
        for (var text : List.of("", "creel", "größe", "Ünïcödé ÿ", "日本語", "a😀b", "\uFFFD\uFFFE")) {
            assertEquals(text.toUpperCase(java.util.Locale.ROOT) + "!", call(instance, "shout", text));
        }
    }

    @Test
    void allocatesForEmptyListsToo() {
        var instance = plain();
        assertEquals(0L, call(instance, "length", List.of()));
        assertEquals(1L, call(instance, "reallocs"));
    }

    @Test
    void writesWhereReallocPutItAfterMemoryHasGrown() {
        var instance = plain();
        call(instance, "mode", 5L);
        assertEquals("HELLO!", call(instance, "shout", "hello"));
        var many = Collections.nCopies(40_000, 5L);
        assertEquals(40_000L, call(instance, "length", many));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 4})
    void trapsWhenReallocMisbehaves(long mode) {
        var instance = plain();
        call(instance, "mode", mode);
        assertThrows(TrapException.class, () -> call(instance, "length", List.of(1L)));
        assertNotNull(store.poisoned());
    }

    @Test
    void reallocMayNotCallOut() {
        var instance = plain();
        call(instance, "mode", 3L);
        var trap = assertThrows(TrapException.class, () -> call(instance, "length", List.of(1L)));
        assertEquals("cannot leave component instance", trap.getMessage());
        assertEquals(List.of(), guest.told);
    }

    @Test
    void postReturnRunsOncePerCallWithTheResults() {
        var instance = plain();
        call(instance, "pair");
        call(instance, "pair");
        assertEquals(2L, call(instance, "posts"));
        assertEquals(64L, call(instance, "posted"));
    }

    @Test
    void postReturnMayNotCallOut() {
        var instance = plain();
        assertThrows(TrapException.class, () -> call(instance, "shout-calling-out", "x"));
        assertEquals(List.of(), guest.told);
    }

    @Test
    void ignoresBitsBeyondTheTypeInFlatValues() {
        var instance = plain();
        assertEquals(0xFF, call(instance, "raw-u8", 0x1FFL));
        assertEquals(-1, call(instance, "raw-s8", 0xFFL));
    }

    @ParameterizedTest
    @ValueSource(longs = {0xD800, 0xDFFF, 0x110000, 0xFFFF_FFFFL})
    void trapsOnWhatIsNoCharacter(long bits) {
        var instance = plain();
        assertEquals(0x10FFFF, call(instance, "raw-char", 0x10FFFFL));
        assertThrows(TrapException.class, () -> call(instance, "raw-char", bits));
    }

    @Test
    void everyCallFailsAfterATrap() {
        var instance = plain();
        var trap = assertThrows(TrapException.class, () -> call(instance, "trap"));
        assertSame(trap, store.poisoned());
        var later = assertThrows(TrapException.class, () -> call(instance, "posts"));
        assertSame(trap, later.getCause());
        assertThrows(TrapException.class, () -> plan.instantiate(store));
    }

    @Test
    void hostExceptionsPassThroughTheGuestAndKillTheStore() {
        var failure = new IllegalStateException("on purpose");
        var failing = plan.host("failing", TestPlan.func(null), (store, args) -> {
            throw failure;
        });
        int root = plan.instance(-1);
        int core = plan.module(
                "starting",
                root,
                new CoreRef.Lowered(
                        plan.host("ignored", TestPlan.func(null, Primitive.U32), (store, args) -> null),
                        TestPlan.noOptions(),
                        root));
        assertEquals(0, core);
        plan.export("failing", failing);
        var instance = plan.instantiate(store);
        assertSame(failure, assertThrows(IllegalStateException.class, () -> call(instance, "failing")));
        assertSame(failure, store.poisoned());
    }

    @Test
    void startFunctionsCallOutAndTheirTrapsKillTheStore() {
        int root = plan.instance(-1);
        var told = new java.util.ArrayList<Object>();
        var failing = new boolean[1];
        var tell = plan.host("tell", TestPlan.func(null, Primitive.U32), (store, args) -> {
            told.add(args[0]);
            if (failing[0]) {
                throw new TrapException("on purpose");
            }
            return null;
        });
        plan.module("starting", root, new CoreRef.Lowered(tell, TestPlan.noOptions(), root));
        var linked = plan.link();
        linked.instantiate(store);
        assertEquals(List.of(7L), told);
        failing[0] = true;
        var other = store();
        assertThrows(TrapException.class, () -> linked.instantiate(other));
        assertNotNull(other.poisoned());
        assertNull(store.poisoned());
    }

    @Test
    void refusesValuesOfTheWrongJavaType() {
        var instance = plain();
        assertThrows(IllegalArgumentException.class, () -> call(instance, "mode"));
        assertNull(store.poisoned(), "a wrong number of arguments harms nobody");
        var wrong = assertThrows(IllegalArgumentException.class, () -> call(instance, "mode", 5));
        assertEquals("expected u32, got Integer 5", wrong.getMessage());
        assertNotNull(store.poisoned());
    }

    @Test
    void boundsWhatOneCallMayTakeInTheHost() {
        var instance = plain();
        var trap = assertThrows(TrapException.class, () -> call(instance, "amplified"));
        assertTrue(trap.getMessage().contains(String.valueOf(Store.LIFT_BYTES_MAX)), trap.getMessage());
    }

    @Test
    void noFunctionOfATreeIsEnteredTwice() {
        var instance = new ComponentInstance[1];
        var plan = new TestPlan(calls);
        var again = plan.host("again", PlainGuest.SHOUT, (store, args) -> call(instance[0], "shout", args));
        new PlainGuest(plan, -1, "", StringEncoding.UTF8, again).exportAll(plan, "");
        instance[0] = plan.instantiate(store);
        var trap = assertThrows(TrapException.class, () -> call(instance[0], "shout", "x"));
        assertEquals("cannot enter component instance", trap.getMessage());
    }

    @Test
    void findsExportsOfACompatibleVersion() {
        guest = new PlainGuest(plan, -1, "", StringEncoding.UTF8, null);
        plan.export("test:abi/plain@0.2.3", Map.of("shout", guest.shout));
        plan.export("test:abi/old@0.0.3", Map.of("shout", guest.shout));
        var linked = plan.link();
        assertEquals(2, linked.exports().size());
        var found = linked.find("test:abi/plain@0.2.0", "shout").orElseThrow();
        assertEquals("test:abi/plain@0.2.3", found.interfaceName());
        assertTrue(linked.find("test:abi/plain@0.2.9", "shout").isPresent());
        assertFalse(linked.find("test:abi/plain@0.3.0", "shout").isPresent());
        assertFalse(linked.find("test:abi/plain@0.2.3", "whisper").isPresent());
        assertFalse(linked.find("test:abi/old@0.0.4", "shout").isPresent());
        var instance = linked.instantiate(store);
        var function = instance.function("test:abi/plain@0.2.0", "shout").orElseThrow();
        assertInstanceOf(String.class, function.call("x"));
    }
}

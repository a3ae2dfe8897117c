package dev.creel.component.abi;

import static dev.creel.component.abi.TestPlan.call;
import static dev.creel.component.abi.TestPlan.func;
import static dev.creel.component.abi.TestPlan.noOptions;
import static dev.creel.component.abi.TestPlan.store;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.ComponentInstance;
import dev.creel.component.core.TrapException;
import dev.creel.component.host.Store;
import dev.creel.component.plan.CallCode;
import dev.creel.component.plan.CoreRef;
import dev.creel.component.plan.FuncRef;
import dev.creel.component.plan.StringEncoding;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.ResourceType;
import dev.creel.component.type.ValType;
import dev.creel.component.type.ValType.Primitive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls between two component instances. */
@ParameterizedClass
@EnumSource(CallCode.class)
final class ComposedTest {
    private final TestPlan plan;
    private final Store store = store();

    ComposedTest(CallCode calls) {
        this.plan = new TestPlan(calls);
    }

    private ComponentInstance chain(StringEncoding caller, StringEncoding callee) {
        int root = plan.instance(-1);
        var inner = new PlainGuest(plan, root, "-inner", callee, null);
        var outer = new PlainGuest(plan, root, "-outer", caller, inner.shout);
        inner.exportAll(plan, "-inner");
        outer.exportAll(plan, "");
        return plan.instantiate(store);
    }

    /**
     * The caller allocates its argument (1) and then the result that comes back; the callee allocates what the caller sends and
     * what its own host answers (1).
     */
    @ParameterizedTest
    @CsvSource({
        // caller, callee, text, allocations of the callee, of the caller
        "UTF8, UTF8, straße 日本, 2, 2",
        "UTF8, UTF16, abc, 2, 2", // ASCII is the worst case, nothing to shrink; back: ASCII fits
        "UTF8, UTF16, 日本, 3, 4", // worst case, shrunk; back: ASCII hoped for, worst case, shrunk
        "UTF16, UTF8, abc, 2, 2",
        "UTF16, UTF8, 日本, 3, 3", // ASCII hoped for, then exactly the worst case; back: worst case, shrunk
        "UTF16, UTF16, 日本, 2, 2",
        "LATIN1_UTF16, UTF8, abc, 2, 2",
        "LATIN1_UTF16, UTF8, é, 3, 3", // 2 × units is what é takes: nothing to shrink; back: two bytes for one unit
        // each
        "LATIN1_UTF16, UTF16, é, 2, 2",
        "LATIN1_UTF16, LATIN1_UTF16, é, 2, 2",
        "LATIN1_UTF16, LATIN1_UTF16, 日本, 2, 2",
        "UTF8, LATIN1_UTF16, é, 3, 4",
        "UTF16, LATIN1_UTF16, 日本, 3, 2",
    })
    void transcodesWithTheAllocationsOfTheSpecification(
            StringEncoding caller, StringEncoding callee, String text, long calleeAllocations, long callerAllocations) {
        var instance = chain(caller, callee);
        assertEquals(text.toUpperCase(java.util.Locale.ROOT) + "!", call(instance, "shout", text));
        assertEquals(calleeAllocations, call(instance, "reallocs-inner"), "of the callee");
        assertEquals(callerAllocations, call(instance, "reallocs"), "of the caller");
        assertEquals(1L, call(instance, "posts-inner"), "post-returns of the callee");
    }

    @Test
    void aTrapInsideKillsTheWholeTree() {
        var instance = chain(StringEncoding.UTF8, StringEncoding.UTF8);
        call(instance, "mode-inner", 4L);
        assertThrows(TrapException.class, () -> call(instance, "shout", "x"));
        assertThrows(TrapException.class, () -> call(instance, "posts"));
    }

    @Test
    void resourcesMoveBetweenTables() {
        int root = plan.instance(-1);
        int maker = plan.instance(root);
        int makerCore = plan.nextModule();
        var thing = plan.define(maker, new CoreRef.Export(makerCore, "destructor"));
        handles(makerCore, maker, thing, thing, null);
        var ownThing = new ValType.Own(thing);
        var borrowThing = new ValType.Borrow(thing);

        int user = plan.instance(root);
        int userCore = plan.nextModule();
        var unused = plan.define(user, null);
        handles(userCore, user, unused, thing, new FuncRef[] {
            lifted(makerCore, maker, "new", func(ownThing, Primitive.U32)),
            lifted(makerCore, maker, "keep-rep", func(Primitive.U32, borrowThing)),
            lifted(makerCore, maker, "take-own-quietly", func(null, ownThing))
        });
        var raw = func(Primitive.U32, Primitive.U32);
        plan.export("make", lifted(userCore, user, "make", raw));
        plan.export("use", lifted(userCore, user, "use", raw));
        plan.export("take", lifted(userCore, user, "take", func(null, Primitive.U32)));
        plan.export("drop", lifted(userCore, user, "drop", func(null, Primitive.U32)));
        plan.export("drops", lifted(makerCore, maker, "drops", func(Primitive.U32)));
        plan.export("dropped", lifted(makerCore, maker, "dropped", func(Primitive.U32)));
        var instance = plan.instantiate(store);

        assertEquals(1L, call(instance, "make", 41L), "own entry in the user's table");
        assertEquals(2L, call(instance, "make", 42L));
        assertEquals(41L, call(instance, "use", 1L), "the implementer of a borrow gets the rep");
        call(instance, "drop", 1L);
        assertEquals(41L, call(instance, "dropped"), "the destructor of the other instance ran");
        call(instance, "take", 2L);
        assertEquals(1L, call(instance, "drops"), "the maker owns it now");
        var trap = assertThrows(TrapException.class, () -> call(instance, "use", 2L));
        assertTrue(trap.getMessage().contains("unknown handle"), trap.getMessage());
    }

    /** An instance of {@code handles.wasm} that makes, uses and takes {@code imported} by {@code functions}, or by the host. */
    private void handles(
            int core, int instance, ResourceType.Guest own, ResourceType.Guest imported, FuncRef[] functions) {
        var raw = func(Primitive.U32, Primitive.U32);
        var eaten = func(null, Primitive.U32);
        var make = functions == null ? plan.host("make", raw, (store, args) -> args[0]) : functions[0];
        var use = functions == null ? plan.host("use", raw, (store, args) -> args[0]) : functions[1];
        var take = functions == null ? plan.host("take", eaten, (store, args) -> null) : functions[2];
        var both = plan.host("both" + core, func(null, Primitive.U32, Primitive.U32), (store, args) -> null);
        assertEquals(
                core,
                plan.module(
                        "handles",
                        instance,
                        lowered(make, instance),
                        lowered(use, instance),
                        lowered(take, instance),
                        lowered(both, instance),
                        new CoreRef.ResourceDrop(imported, instance),
                        new CoreRef.ResourceNew(own, instance),
                        new CoreRef.ResourceRep(own, instance),
                        new CoreRef.ResourceDrop(own, instance),
                        lowered(both, instance)));
    }

    private static CoreRef lowered(FuncRef function, int instance) {
        return new CoreRef.Lowered(function, noOptions(), instance);
    }

    private static FuncRef lifted(int core, int instance, String export, FuncType type) {
        var name = switch (export) {
            case "keep-rep" -> "index"; // hands back what it got
            case "take-own-quietly" -> "keep"; // keeps what it got
            default -> export;
        };
        return new FuncRef.Lifted(new CoreRef.Export(core, name), type, noOptions(), instance);
    }
}

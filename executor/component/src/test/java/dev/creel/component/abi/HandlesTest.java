package dev.creel.component.abi;

import static dev.creel.component.abi.TestPlan.call;
import static dev.creel.component.abi.TestPlan.func;
import static dev.creel.component.abi.TestPlan.noOptions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.ComponentInstance;
import dev.creel.component.core.TrapException;
import dev.creel.component.host.Store;
import dev.creel.component.plan.CallCode;
import dev.creel.component.plan.CoreRef;
import dev.creel.component.plan.FuncRef;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.GuestResource;
import dev.creel.component.type.ResourceType;
import dev.creel.component.type.ValType;
import dev.creel.component.type.ValType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Handle tables, borrows and destructors, of host objects and of guests' own resources. */
@ParameterizedClass
@EnumSource(CallCode.class)
final class HandlesTest {
    private static final int HANDLES_MAX = 20;

    private record Thing(long id) {}

    private final List<Long> dropped = new ArrayList<>();
    private final List<Object> taken = new ArrayList<>();
    private final AtomicReference<Object> next = new AtomicReference<>();
    private final TestPlan plan;
    private final Store store = new Store(TestPlan.UNLIMITED, HANDLES_MAX, Store.Waits.FREE);
    private ResourceType.Guest own;
    private ComponentInstance guest;

    HandlesTest(CallCode calls) {
        this.plan = new TestPlan(calls);
    }

    @BeforeEach
    void instantiate() {
        var thing = plan.resource("thing", Thing.class, one -> dropped.add(one.id()));
        var ownThing = new ValType.Own(thing);
        var borrowThing = new ValType.Borrow(thing);
        var make = plan.host("make", func(ownThing, Primitive.U32), (store, args) -> {
            var forced = next.get();
            return forced != null ? forced : new Thing((long) args[0]);
        });
        var use = plan.host("use", func(Primitive.U32, borrowThing), (store, args) -> ((Thing) args[0]).id());
        var take = plan.host("take", func(null, ownThing), (store, args) -> {
            taken.add(args[0]);
            return null;
        });
        var useAndTake = plan.host("use-and-take", func(null, borrowThing, ownThing), (store, args) -> null);
        var takeTwo = plan.host("take-two", func(null, ownThing, ownThing), (store, args) -> null);

        int root = plan.instance(-1);
        int core = plan.nextModule();
        own = plan.define(root, new CoreRef.Export(core, "destructor"));
        plan.module(
                "handles",
                root,
                lowered(make, root),
                lowered(use, root),
                lowered(take, root),
                lowered(useAndTake, root),
                new CoreRef.ResourceDrop(thing, root),
                new CoreRef.ResourceNew(own, root),
                new CoreRef.ResourceRep(own, root),
                new CoreRef.ResourceDrop(own, root),
                lowered(takeTwo, root));
        var raw = func(Primitive.U32, Primitive.U32);
        var eaten = func(null, Primitive.U32);
        export(core, root, "make", raw);
        export(core, root, "use", raw);
        export(core, root, "take", eaten);
        export(core, root, "use-and-take", func(null, Primitive.U32, Primitive.U32));
        export(core, root, "drop", eaten);
        plan.export("take-two", lifted(core, root, "take-two", func(null, Primitive.U32, Primitive.U32)));
        plan.export("keep-two", lifted(core, root, "keep-two", func(null, ownThing, ownThing)));
        export(core, root, "keep", func(null, borrowThing));
        export(core, root, "use-and-drop", func(Primitive.U32, borrowThing));
        export(core, root, "index", func(Primitive.U32, ownThing));
        export(core, root, "new", func(new ValType.Own(own), Primitive.U32));
        plan.export("new-raw", lifted(core, root, "new", raw));
        plan.export("rep-raw", lifted(core, root, "rep", raw));
        plan.export("drop-own-raw", lifted(core, root, "drop-own", eaten));
        plan.export("rep-of-borrow", lifted(core, root, "index", func(Primitive.U32, new ValType.Borrow(own))));
        export(core, root, "take-own", func(Primitive.U32, new ValType.Own(own)));
        export(core, root, "dropped", func(Primitive.U32));
        export(core, root, "drops", func(Primitive.U32));
        guest = plan.instantiate(store);
    }

    private static CoreRef lowered(FuncRef function, int instance) {
        return new CoreRef.Lowered(function, noOptions(), instance);
    }

    private static FuncRef lifted(int core, int instance, String export, FuncType type) {
        return new FuncRef.Lifted(new CoreRef.Export(core, export), type, noOptions(), instance);
    }

    private void export(int core, int instance, String name, FuncType type) {
        plan.export(name, lifted(core, instance, name, type));
    }

    private void traps(String message, String name, Object... args) {
        var trap = assertThrows(TrapException.class, () -> call(guest, name, args));
        assertTrue(trap.getMessage().contains(message), trap.getMessage());
        assertNotNull(store.poisoned());
    }

    @Test
    void givesTheLastFreedIndexFirst() {
        for (long i = 1; i <= 4; i++) {
            assertEquals(i, call(guest, "make", i));
        }
        call(guest, "drop", 2L);
        call(guest, "drop", 3L);
        assertEquals(List.of(2L, 3L), dropped);
        assertEquals(3L, call(guest, "make", 5L));
        assertEquals(2L, call(guest, "make", 6L));
        assertEquals(5L, call(guest, "make", 7L));
        assertEquals(6L, call(guest, "use", 2L));
    }

    @Test
    void givesTheHostTheObjectItselfAndForgetsIt() {
        var handle = call(guest, "make", 9L);
        call(guest, "take", handle);
        assertEquals(List.of(new Thing(9)), taken);
        assertEquals(List.of(), dropped, "the host owns it now");
        traps("unknown handle index 1", "use", handle);
    }

    @Test
    void indexZeroIsNeverAHandle() {
        traps("unknown handle index 0", "use", 0L);
    }

    @Test
    void indicesBeyondTheTableAreNoHandles() {
        traps("unknown handle index 4294967295", "drop", 0xFFFF_FFFFL);
    }

    @Test
    void aHandleOfAnotherTypeIsRefused() {
        var handle = call(guest, "new-raw", 5L);
        traps("another resource type", "use", handle);
    }

    @Test
    void aHandleIsNotDroppedTwice() {
        var handle = call(guest, "make", 1L);
        call(guest, "drop", handle);
        traps("unknown handle", "drop", handle);
    }

    @Test
    void aLentHandleIsNotGivenAway() {
        var handle = call(guest, "make", 1L);
        traps("while borrowed", "use-and-take", handle, handle);
        assertEquals(List.of(), taken);
    }

    @Test
    void whatWasGivenAwayWithSomethingThatDoesNotExistIsFreed() {
        var handle = call(guest, "make", 1L);
        traps("unknown handle index 9", "take-two", handle, 9L);
        assertEquals(List.of(1L), dropped);
        store.close();
        assertEquals(List.of(1L), dropped);
    }

    @Test
    void whatAGuestGetsTogetherWithAWrongValueIsFreed() {
        assertThrows(IllegalArgumentException.class, () -> call(guest, "keep-two", new Thing(3), "no thing"));
        store.close();
        assertEquals(List.of(3L), dropped);
    }

    @Test
    void lendingEndsWithTheCall() {
        var handle = call(guest, "make", 1L);
        assertEquals(1L, call(guest, "use", handle));
        call(guest, "drop", handle);
        assertEquals(List.of(1L), dropped);
    }

    @Test
    void aBorrowMustBeDroppedBeforeTheCallReturns() {
        assertEquals(8L, call(guest, "use-and-drop", new Thing(8)));
        assertEquals(List.of(), dropped, "a borrow owns nothing");
        traps("borrow handles still remain", "keep", new Thing(8));
    }

    @Test
    void aFullTableTraps() {
        for (long i = 1; i <= HANDLES_MAX; i++) {
            call(guest, "make", i);
        }
        traps("handle table is full: 20 handles", "make", 0L);
        assertEquals(List.of(0L), dropped, "what found no place is freed");
        store.close();
        assertEquals(HANDLES_MAX + 1, dropped.size());
    }

    @Test
    void closingTheStoreDropsWhatGuestsStillOwnNewestFirstAndOnce() {
        call(guest, "make", 1L);
        call(guest, "make", 2L);
        call(guest, "make", 3L);
        call(guest, "drop", 1L);
        assertEquals(1L, call(guest, "index", new Thing(4)), "takes the freed index");
        dropped.clear();
        store.close();
        assertEquals(List.of(4L, 3L, 2L), dropped);
        store.close();
        assertEquals(3, dropped.size());
    }

    @Test
    void aHostObjectOfTheWrongClassIsRefused() {
        next.set("no thing");
        var wrong = assertThrows(IllegalArgumentException.class, () -> call(guest, "make", 1L));
        assertTrue(wrong.getMessage().contains("Thing for thing"), wrong.getMessage());
    }

    @Test
    void theHostOwnsAndDropsGuestResources() {
        var resource = assertInstanceOf(GuestResource.class, call(guest, "new", 77L));
        assertEquals(new GuestResource(own, 77), resource);
        assertEquals(
                77L, call(guest, "rep-of-borrow", resource), "the implementer of a borrowed resource gets its rep");
        guest.drop(resource);
        assertEquals(77L, call(guest, "dropped"));
        assertEquals(1L, call(guest, "drops"));
    }

    @Test
    void givingAResourceBackMakesAHandle() {
        var resource = call(guest, "new", 78L);
        assertEquals(78L, call(guest, "take-own", resource));
        assertEquals(78L, call(guest, "dropped"));
    }

    @Test
    void aGuestDropsItsOwnResourceThroughItsDestructor() {
        var handle = call(guest, "new-raw", 79L);
        assertEquals(79L, call(guest, "rep-raw", handle));
        call(guest, "drop-own-raw", handle);
        assertEquals(79L, call(guest, "dropped"));
        traps("unknown handle", "rep-raw", handle);
    }

    @Test
    void closingTheStoreRunsNoGuestDestructor() {
        call(guest, "new-raw", 80L);
        store.close();
        assertEquals(0L, call(guest, "drops"));
    }
}

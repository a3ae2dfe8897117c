package dev.creel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.creel.codegen.CodegenEngine;
import dev.creel.codegen.emit.SplitSizes;
import dev.creel.component.Component;
import dev.creel.component.ComponentInstance;
import dev.creel.component.LinkedComponent;
import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.GuestFlag;
import dev.creel.component.core.MemoryArrays;
import dev.creel.component.core.TrapException;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.host.Store;
import dev.creel.contract.ByteSize;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever an instance leaves behind, and however it ends, the next one on the same thread and in the same arrays sees exactly what the
 * first of all saw: guests that mark every place that they can reach, and guests that look at all of it.
 */
@Timeout(300)
final class FreshInstanceTest {
    /** What is looked at, in this order: the later ones change something. */
    private static final int LOOKS = 9;

    private static final long STACK = 4 << 20;
    private static final long LOOP_NANOS = 5_000_000;

    /** As the guest numbers them. */
    private static final List<String> MARKS = List.of(
            "filled",
            "last byte",
            "grown",
            "grown far",
            "grown to the most",
            "second memory",
            "table",
            "globals",
            "segments",
            "all");

    /** As the guest numbers them. */
    private static final List<String> ENDS =
            List.of("return", "trap", "memory", "outside", "division", "loop", "overflow", "exception");

    /** Engines, and ways in which ours generates code. */
    enum Choice {
        /** Memories whose arrays have room to spare. */
        SPARE,
        /** Every function cut. */
        CUT,
        /** Memories whose arrays are as long as they are, as engines of languages have them. */
        EXACT,
        CHICORY,
        INTERPRETER;

        CoreEngine engine() {
            return switch (this) {
                case SPARE -> new CodegenEngine();
                case CUT -> new CodegenEngine(new SplitSizes(20, 20, 20, 8, 3, 60, Integer.MAX_VALUE));
                case EXACT -> new CodegenEngine(new SplitSizes(7_500, 4_000, 8_000, 150, 32, 36_000, 0));
                case CHICORY -> new ChicoryEngine();
                case INTERPRETER -> ChicoryEngine.interpreting();
            };
        }

        /** The interpreter takes long to look at everything: it has only guests that mark all. */
        List<String> marks() {
            return this == INTERPRETER ? MARKS.subList(MARKS.size() - 1, MARKS.size()) : MARKS;
        }

        boolean usesArraysAgain() {
            return this != CHICORY && this != INTERPRETER;
        }
    }

    /** Limits of one run; notes which arrays were there already. */
    private static final class Limits implements CoreLimits, MemoryArrays {
        private final MemoryBudget budget;
        private final GuestFlag flag = new GuestFlag();
        private int again;

        Limits(NodeMemory node) {
            this.budget = new MemoryBudget(GuestLimits.DEFAULTS, node, flag);
        }

        @Override
        public boolean reserveMemory(long bytes) {
            return budget.reserveMemory(bytes);
        }

        @Override
        public boolean reserveTable(long elements) {
            return budget.reserveTable(elements);
        }

        @Override
        public GuestFlag flag() {
            return flag;
        }

        @Override
        public MemoryArrays arrays() {
            return this;
        }

        @Override
        public byte @Nullable [] take(int length) {
            var array = budget.arrays().take(length);
            again += array == null ? 0 : 1;
            return array;
        }

        @Override
        public void give(byte[] array) {
            budget.arrays().give(array);
        }
    }

    private static LinkedComponent linked(CoreEngine engine, byte[] wasm) {
        var host = HostInterfaces.of(List.of());
        return LinkedComponent.of(
                Component.decode(wasm, engine, ComponentLimits.DEFAULT).plan(host), engine, host);
    }

    /** The same code with other data. */
    private static byte[] otherData(byte[] wasm) {
        var text = new String(wasm, StandardCharsets.ISO_8859_1);
        return text.replace("aaaa", "zzzz")
                .replace("the second", "no. second")
                .replace("only when", "none when")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What an instance sees of itself; where it traps, how. */
    private static List<String> looks(LinkedComponent guest, Limits limits) {
        try (limits.budget;
                var store = new Store(limits, 1, Store.Waits.FREE)) {
            var instance = guest.instantiate(store);
            var seen = new ArrayList<String>();
            for (long what = 0; what < LOOKS; what++) {
                seen.add(what + ": " + call(instance, "look", what));
            }
            return seen;
        }
    }

    private static @Nullable Object call(ComponentInstance instance, String name, long number) {
        return instance.function("", name).orElseThrow().call(number);
    }

    private static void mark(LinkedComponent guest, Limits limits, String mark, String end) {
        try (limits.budget;
                var store = new Store(limits, 1, Store.Waits.FREE)) {
            var instance = guest.instantiate(store);
            call(instance, "mark", (long) MARKS.indexOf(mark));
            if (end.equals("return")) {
                call(instance, "end", (long) ENDS.indexOf(end));
                return;
            }
            if (end.equals("loop")) {
                stopSoon(limits.flag, Thread.currentThread());
            }
            assertThrows(TrapException.class, () -> call(instance, "end", (long) ENDS.indexOf(end)));
            // The other engine looks at the thread, ours at the flag.
            boolean ignored = Thread.interrupted();
        }
    }

    private static void stopSoon(GuestFlag flag, Thread lane) {
        CompletableFuture.delayedExecutor(LOOP_NANOS, TimeUnit.NANOSECONDS).execute(() -> {
            lane.interrupt();
            flag.raise();
        });
    }

    @ParameterizedTest
    @EnumSource
    void seesNothingOfThoseBefore(Choice choice) throws Exception {
        onOneThread(() -> {
            var engine = choice.engine();
            var wasm = Trial.bytes("marks.wasm");
            var guests = List.of(
                    linked(engine, wasm),
                    linked(engine, otherData(wasm)),
                    linked(engine, Trial.bytes("marks-large.wasm")));
            var first = guests.stream()
                    .map(guest -> looks(guest, new Limits(new NodeMemory(ByteSize.ofMiB(256), ByteSize.ofBytes(0)))))
                    .toList();
            assertEquals(3, Set.copyOf(first).size(), "the guests see that they differ");

            var node = new NodeMemory(ByteSize.ofMiB(256), ByteSize.ofMiB(64));
            int again = 0;
            for (var mark : choice.marks()) {
                for (var end : ENDS) {
                    for (int marking = 0; marking < guests.size(); marking++) {
                        mark(guests.get(marking), new Limits(node), mark, end);
                        for (int looking = 0; looking < guests.size(); looking++) {
                            var limits = new Limits(node);
                            assertEquals(
                                    first.get(looking),
                                    looks(guests.get(looking), limits),
                                    "guest " + looking + " after " + mark + " and " + end + " of guest " + marking);
                            again += limits.again;
                        }
                    }
                }
            }
            assertEquals(ByteSize.ofBytes(0), node.used());
            assertEquals(choice.usesArraysAgain(), again > 100, again + " arrays were used again");
        });
    }

    /** Without that the test above would see nothing. */
    @ParameterizedTest
    @EnumSource
    void marksAreSeenWithinTheirInstance(Choice choice) throws Exception {
        onOneThread(() -> {
            var guest = linked(choice.engine(), Trial.bytes("marks.wasm"));
            for (var mark : MARKS) {
                var node = new NodeMemory(ByteSize.ofMiB(256), ByteSize.ofBytes(0));
                var fresh = looks(guest, new Limits(node));
                assertNotEquals(fresh, marked(guest, new Limits(node), mark), mark);
            }
        });
    }

    private static List<String> marked(LinkedComponent guest, Limits limits, String mark) {
        try (limits.budget;
                var store = new Store(limits, 1, Store.Waits.FREE)) {
            var instance = guest.instantiate(store);
            call(instance, "mark", (long) MARKS.indexOf(mark));
            var seen = new ArrayList<String>();
            for (long what = 0; what < LOOKS; what++) {
                try {
                    seen.add(what + ": " + call(instance, "look", what));
                } catch (TrapException e) {
                    seen.add(what + ": " + e.getMessage());
                }
            }
            return seen;
        }
    }

    private static void onOneThread(Runnable test) throws Exception {
        var failure = new CompletableFuture<Optional<Throwable>>();
        var lane = new Thread(
                null,
                () -> {
                    try {
                        test.run();
                        failure.complete(Optional.empty());
                    } catch (Throwable e) {
                        failure.complete(Optional.of(e));
                    }
                },
                "lane",
                STACK);
        lane.start();
        var thrown = failure.get();
        if (thrown.isPresent()) {
            throw new AssertionError(thrown.get().getMessage(), thrown.get());
        }
    }
}

package dev.creel.component.abi;

import static dev.creel.component.abi.VectorValues.spelled;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.core.TrapException;
import dev.creel.component.plan.CallCode;
import dev.creel.component.plan.StringEncoding;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.ValType;
import dev.creel.component.type.ValType.Case;
import dev.creel.component.type.ValType.Field;
import dev.creel.component.type.ValType.Primitive;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Generated code does what the reference implementation does, with the same reallocs, traps and handles. */
final class GeneratedCodeTest {
    /** More of them with {@code -Dcreel.rounds}. */
    private static final int ROUNDS = Integer.getInteger("creel.rounds", 30);

    private static final int MUTATIONS = 4;
    private static final List<StringEncoding> ENCODINGS = List.of(StringEncoding.values());
    /** Where imports return what is not flat. */
    private static final int RESULT = 64;

    private static final Codes GENERATED = new Codes(CallCode.GENERATED);
    private static final Codes REFERENCE = new Codes(CallCode.REFERENCE);

    /** One case: a signature, its values, and who has what encoding. */
    private static final class Round {
        final long seed;
        final Random chance;
        final FuncType type;
        final Signature signature;
        final Object[] args;
        final @Nullable Object result;
        final StringEncoding here;
        final StringEncoding there;

        Round(long seed) {
            this.seed = seed;
            this.chance = new Random(seed);
            var values = new RandomValues(chance, 3);
            var result = chance.nextInt(8) == 0 ? null : values.type(false);
            this.type = new FuncType(values.params(), Optional.ofNullable(result), false);
            this.signature = new Signature(type, RandomValues.shapes());
            this.args = type.params().stream()
                    .map(param -> values.value(param.type()))
                    .toArray();
            this.result = values.value(result);
            this.here = ENCODINGS.get(chance.nextInt(3));
            this.there = ENCODINGS.get(chance.nextInt(3));
        }

        RoomyGuest caller() {
            return new RoomyGuest(here, 1, seed);
        }

        RoomyGuest callee() {
            // Which now and then has made the resource itself, and gets its rep for a borrow.
            return new RoomyGuest(there, seed % 2 == 0 ? RandomValues.MAKER : 2, seed + 1);
        }

        String about() {
            return "seed " + seed + ", " + here + " to " + there + ", " + type;
        }
    }

    /** What an action gave or threw. */
    private static String outcome(java.util.function.Supplier<@Nullable Object> action) {
        try {
            return spelled(action.get());
        } catch (TrapException | IllegalArgumentException e) {
            return e.getClass().getSimpleName() + " " + e.getMessage();
        }
    }

    private static String slots(long[] slots) {
        return Arrays.toString(slots);
    }

    private interface Check {
        void run(Round round);
    }

    private static void rounds(long from, Check check) {
        for (long seed = from; seed < from + ROUNDS; seed++) {
            var round = new Round(seed);
            try {
                check.run(round);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(round.about(), e);
            }
        }
    }

    private static String lowered(Codes codes, Round round, RoomyGuest guest, List<long[]> core) {
        return outcome(() -> {
            core.add(codes.exported(round.signature, round.there).lowerParams(guest.frame(false), round.args));
            return slots(core.getLast());
        });
    }

    @Test
    void exportsGetWhatTheReferenceGivesThem() {
        rounds(0, round -> {
            var expected = round.callee();
            var actual = round.callee();
            assertEquals(
                    lowered(REFERENCE, round, expected, new ArrayList<>()),
                    lowered(GENERATED, round, actual, new ArrayList<>()));
            assertEquals(expected.state(), actual.state());
        });
    }

    @Test
    void importsHandOverWhatTheReferenceReads() {
        rounds(1_000_000, round -> {
            for (int mutation = 0; mutation < MUTATIONS; mutation++) {
                var expected = round.caller();
                var core = stored(round, expected, mutation);
                var actual = round.caller();
                assertEquals(slots(core), slots(stored(round, actual, mutation)));
                var read = outcome(() -> REFERENCE
                        .imported(round.signature, round.here)
                        .liftParams(expected.frame(false), core.clone()));
                assertEquals(
                        read,
                        outcome(() -> GENERATED
                                .imported(round.signature, round.here)
                                .liftParams(actual.frame(false), core.clone())));
                assertEquals(expected.state(), actual.state());
                if (mutation == 0) {
                    assertEquals(spelled(round.args), read);
                }
            }
        });
    }

    /** Parameters in the memory of the guest that passes them on; from the first mutation on some bits are others. */
    private static long[] stored(Round round, RoomyGuest guest, int mutation) {
        var core = new ExportCode.Walking(round.signature).lowerParams(guest.frame(false), round.args);
        mutate(new Random(round.seed + mutation), mutation, guest, core);
        return core;
    }

    private static void mutate(Random chance, int mutation, RoomyGuest guest, long[] core) {
        if (mutation == 0) {
            return;
        }
        if (core.length > 0 && chance.nextBoolean()) {
            core[chance.nextInt(core.length)] ^= 1L << chance.nextInt(chance.nextBoolean() ? 4 : 64);
        } else {
            for (int i = 0; i < 20; i++) {
                int at = i < 2 ? RESULT + chance.nextInt(64) : RoomyGuest.FIRST + chance.nextInt(2048);
                guest.bytes()[at] ^= (byte) (1 << chance.nextInt(8));
            }
        }
    }

    @Test
    void resultsGoBothWaysAsTheReferenceDoesIt() {
        rounds(2_000_000, round -> {
            if (round.result == null || round.signature.result.size > RoomyGuest.FIRST - RESULT) {
                return;
            }
            for (int mutation = 0; mutation < MUTATIONS; mutation++) {
                var expected = round.caller();
                var actual = round.caller();
                var first = returned(REFERENCE, round, expected);
                assertEquals(slots(first), slots(returned(GENERATED, round, actual)));
                assertEquals(expected.state(), actual.state());
                var core = first.length == 0 ? new long[] {RESULT} : first;
                mutate(new Random(round.seed + mutation), mutation, expected, core);
                mutate(new Random(round.seed + mutation), mutation, actual, core.clone());
                var read = outcome(
                        () -> REFERENCE.exported(round.signature, round.here).liftResult(expected.frame(false), core));
                assertEquals(
                        read,
                        outcome(() ->
                                GENERATED.exported(round.signature, round.here).liftResult(actual.frame(false), core)));
                assertEquals(expected.state(), actual.state());
                if (mutation == 0) {
                    assertEquals(spelled(round.result), read);
                }
            }
        });
    }

    private static long[] returned(Codes codes, Round round, RoomyGuest guest) {
        var params = new long[round.signature.loweredParams()];
        if (!round.signature.flatResult) {
            params[params.length - 1] = RESULT;
        }
        return codes.imported(round.signature, round.here).lowerResult(guest.frame(false), params, round.result);
    }

    @Test
    void callsBetweenGuestsMoveWhatTheReferenceMoves() {
        rounds(3_000_000, round -> {
            for (int mutation = 0; mutation < MUTATIONS; mutation++) {
                var expected = new Pair(round, REFERENCE, mutation);
                var actual = new Pair(round, GENERATED, mutation);
                if (expected.trapped || actual.trapped) {
                    assertEquals(expected.trapped, actual.trapped, expected.outcome + " / " + actual.outcome);
                } else {
                    assertEquals(expected.outcome, actual.outcome);
                    assertEquals(expected.caller.state(), actual.caller.state());
                    assertEquals(expected.callee.state(), actual.callee.state());
                }
            }
        });
    }

    /** Two guests, of which one calls the other. */
    private static final class Pair {
        final RoomyGuest caller;
        final RoomyGuest callee;
        final String outcome;
        final boolean trapped;

        Pair(Round round, Codes codes, int mutation) {
            this.caller = round.caller();
            this.callee = round.callee();
            var code = codes.fused(round.signature, round.here, round.there, false);
            assertEquals(codes.equals(REFERENCE), code instanceof FusedCode.Walking);
            var core = stored(round, caller, mutation);
            var from = caller.frame(true);
            var params = outcome(() -> slots(code.params(from, callee.frame(true), core)));
            var result = "";
            if (round.result != null
                    && round.signature.result.size <= RoomyGuest.FIRST - RESULT
                    && !params.startsWith("Trap")) {
                var outer = new long[round.signature.loweredParams()];
                if (!round.signature.flatResult) {
                    outer[outer.length - 1] = RESULT;
                }
                var inner = returnedBy(round, callee, mutation);
                result = outcome(() -> slots(code.results(callee.frame(true), from, inner, outer)));
            }
            from.releaseLent();
            this.outcome = params + " " + result;
            this.trapped = params.startsWith("Trap") || result.startsWith("Trap");
        }

        private static long[] returnedBy(Round round, RoomyGuest callee, int mutation) {
            var out = new long[] {RESULT};
            var flat = new ImportCode.Walking(round.signature).lowerResult(callee.frame(false), out, round.result);
            var core = flat.length == 0 ? out : flat;
            mutate(new Random(round.seed + mutation), mutation, callee, core);
            return core;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UTF8, UTF8",
        "UTF8, UTF16",
        "UTF8, LATIN1_UTF16",
        "UTF16, UTF8",
        "UTF16, UTF16",
        "UTF16, LATIN1_UTF16",
        "LATIN1_UTF16, UTF8",
        "LATIN1_UTF16, UTF16",
        "LATIN1_UTF16, LATIN1_UTF16"
    })
    void anyBytesAreTheSameStringOrTheSameTrap(StringEncoding here, StringEncoding there) {
        var chance = new Random((here + " " + there).hashCode());
        var signature = new Signature(TestPlan.func(null, Primitive.STRING), RandomValues.shapes());
        int trapped = 0;
        for (int i = 0; i < 2_000; i++) {
            var bytes = new byte[64];
            chance.nextBytes(bytes);
            int kind = i % 4;
            for (int at = 0; at < bytes.length; at++) {
                // Mostly ASCII, so that much of it is well-formed; or Latin-1 in two bytes.
                if ((kind < 3 && chance.nextInt(1 << (2 * kind + 2)) != 0) || (kind == 3 && at % 2 == 1)) {
                    bytes[at] = (byte) (kind == 3 || (here != StringEncoding.UTF8 && at % 2 == 1) ? 0 : 'x');
                }
            }
            var core = new long[] {2048 + 2 * chance.nextInt(2), chance.nextInt(33)};
            if (here == StringEncoding.LATIN1_UTF16 && chance.nextBoolean()) {
                core[1] |= 0x8000_0000L;
            }
            var outcomes = new ArrayList<String>();
            for (var codes : List.of(REFERENCE, GENERATED)) {
                var caller = new RoomyGuest(here, 1, i);
                var callee = new RoomyGuest(there, 2, i);
                System.arraycopy(bytes, 0, caller.bytes(), 2048, bytes.length);
                outcomes.add(outcome(() -> slots(codes.fused(signature, here, there, false)
                                .params(caller.frame(true), callee.frame(true), core)))
                        + callee.state());
            }
            assertEquals(outcomes.get(0), outcomes.get(1), "round " + i);
            trapped += outcomes.get(0).startsWith("Trap") ? 1 : 0;
        }
        assertTrue(trapped < 2_000, "some are well-formed");
    }

    private static ValType record(int fields, Primitive type) {
        return new ValType.RecordOf(Collections.nCopies(fields, new Field("f", type)));
    }

    private static Signature signature(ValType type) {
        return new Signature(TestPlan.func(type, type), RandomValues.shapes());
    }

    @Test
    void theLargestRecordsHaveGeneratedCodeAndLargerOnesTheReference() {
        for (var size : List.of(ShapeTable.PARTS_MAX, ShapeTable.PARTS_MAX + 1)) {
            var signature = signature(record(size, Primitive.STRING));
            boolean fits = size == ShapeTable.PARTS_MAX;
            var exported = GENERATED.exported(signature, StringEncoding.UTF8);
            assertEquals(!fits, exported instanceof ExportCode.Walking);
            assertEquals(!fits, GENERATED.imported(signature, StringEncoding.UTF8) instanceof ImportCode.Walking);
            var fused = GENERATED.fused(signature, StringEncoding.UTF8, StringEncoding.UTF16, false);
            assertEquals(!fits, fused instanceof FusedCode.Walking);
            var value = Collections.nCopies(size, "größe").toArray();
            var guest = new RoomyGuest(StringEncoding.UTF8, 1, 0);
            var core = exported.lowerParams(guest.frame(false), new Object[] {value});
            var other = new RoomyGuest(StringEncoding.UTF16, 2, 0);
            var moved = fused.params(guest.frame(true), other.frame(true), core);
            assertEquals(
                    spelled(value),
                    spelled(GENERATED.exported(signature, StringEncoding.UTF16).liftResult(other.frame(false), moved)));
        }
    }

    @Test
    void manyCasesAndManyTypesFallToTheReference() {
        var cases = Collections.nCopies(10_000, new Case("c", Optional.of(Primitive.U32)));
        assertInstanceOf(
                ImportCode.Walking.class,
                GENERATED.imported(signature(new ValType.Variant(cases)), StringEncoding.UTF8));
        var wide = new ArrayList<ValType>();
        for (int i = 0; i < 400; i++) {
            wide.add(record(i + 1, Primitive.U8));
        }
        assertInstanceOf(
                FusedCode.Walking.class,
                GENERATED.fused(signature(new ValType.Tuple(wide)), StringEncoding.UTF8, StringEncoding.UTF8, false));
    }

    @Test
    void typesThatShareTheirPartsNeedNoMoreCodeThanTheParts() {
        ValType type = Primitive.U32;
        for (int i = 0; i < 24; i++) {
            type = new ValType.ListOf(new ValType.Tuple(List.of(type, type)));
        }
        var code = GENERATED.fused(signature(type), StringEncoding.UTF8, StringEncoding.UTF8, false);
        assertTrue(code.getClass().isHidden());
        assertTrue(code.getClass().getDeclaredMethods().length < 200);
    }

    @Test
    void signaturesOfOneStructureShareAClass() {
        var names = new ValType.RecordOf(List.of(new Field("a", Primitive.U32), new Field("b", Primitive.STRING)));
        var others = new ValType.RecordOf(List.of(new Field("x", Primitive.U32), new Field("y", Primitive.STRING)));
        var tuple = new ValType.Tuple(List.of(Primitive.U32, Primitive.STRING));
        var one = GENERATED.imported(signature(names), StringEncoding.UTF8).getClass();
        assertSame(
                one, GENERATED.imported(signature(others), StringEncoding.UTF8).getClass());
        assertSame(
                one, GENERATED.imported(signature(tuple), StringEncoding.UTF8).getClass());
        assertNotEquals(
                one, GENERATED.imported(signature(tuple), StringEncoding.UTF16).getClass());
    }

    @Test
    void classesThatNobodyUsesAreUnloaded() throws InterruptedException {
        var unique = record(23, Primitive.F64);
        var code = GENERATED.imported(signature(unique), StringEncoding.UTF16);
        assertTrue(code.getClass().isHidden());
        var unloaded = new ReferenceQueue<Class<?>>();
        var type = new WeakReference<Class<?>>(code.getClass(), unloaded);
        code = null;
        assertNull(code);
        Reference<?> gone = null;
        for (int rounds = 0; gone == null && rounds < 200; rounds++) {
            System.gc();
            gone = unloaded.remove(100);
        }
        assertSame(type, gone);
        assertNotNull(GENERATED.imported(signature(unique), StringEncoding.UTF16), "and are made anew");
    }
}

package dev.creel.component.abi;

import static dev.creel.component.abi.VectorValues.spelled;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.creel.component.core.TrapException;
import dev.creel.component.core.ValueKind;
import dev.creel.component.type.ValType;
import dev.creel.component.type.ValType.Case;
import dev.creel.component.type.ValType.Field;
import dev.creel.component.type.ValType.Primitive;
import dev.creel.component.type.ValType.Result.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Layouts and slots of single types. */
final class ShapesTest {
    private static final int AT = 64;

    private final Shapes shapes = new Shapes(resource -> {
        throw new IllegalArgumentException("no resources here");
    });

    /** Stores and loads {@code value}, then lowers and lifts it, and returns its slots. */
    private long[] roundTrip(ValType type, Object value) {
        var shape = shapes.of(type);
        var frame = guest().frame;
        shape.store(frame, AT, value);
        assertEquals(spelled(value), spelled(shape.load(frame, AT)));
        var slots = new long[shape.slots()];
        shape.lower(frame, slots, 0, value);
        assertEquals(spelled(value), spelled(shape.lift(frame, slots, 0)));
        return slots;
    }

    private static ScriptedGuest guest() {
        var mapper = JsonMapper.builder().build();
        return new ScriptedGuest(
                mapper.readTree("{\"memory_size\":65536,\"fill\":\"a5\",\"encoding\":\"utf8\"}"),
                mapper.readTree("[]"));
    }

    private List<ValueKind> flat(ValType type) {
        return shapes.of(type).flat;
    }

    private static ValType variant(ValType... payloads) {
        var cases = new ArrayList<Case>();
        for (var payload : payloads) {
            cases.add(new Case("c" + cases.size(), Optional.ofNullable(payload)));
        }
        return new ValType.Variant(cases);
    }

    private static List<String> labels(int count) {
        return IntStream.range(0, count).mapToObj(i -> "l" + i).toList();
    }

    @Test
    void joinsSlotsOfCases() {
        assertEquals(List.of(ValueKind.I32, ValueKind.I64), flat(variant(Primitive.F32, Primitive.S64)));
        assertEquals(List.of(ValueKind.I32, ValueKind.I32), flat(variant(Primitive.F32, Primitive.U32)));
        assertEquals(List.of(ValueKind.I32, ValueKind.I64), flat(variant(Primitive.F64, Primitive.U32)));
        assertEquals(List.of(ValueKind.I32, ValueKind.I64), flat(variant(Primitive.F32, Primitive.F64)));
        var inner = variant(Primitive.F32, Primitive.STRING);
        assertEquals(
                List.of(ValueKind.I32, ValueKind.I64, ValueKind.I32, ValueKind.I32),
                flat(variant(Primitive.F64, inner)));
    }

    @Test
    void zeroExtendsNarrowPayloadsInWideSlots() {
        var type = variant(Primitive.F32, Primitive.S32, Primitive.S64, null);
        assertArrayEquals(new long[] {0, 0xBF80_0000L}, roundTrip(type, new ValType.Variant.Value(0, -1f)));
        assertArrayEquals(new long[] {1, 0xFFFF_FFFFL}, roundTrip(type, new ValType.Variant.Value(1, -1)));
        assertArrayEquals(new long[] {2, -1}, roundTrip(type, new ValType.Variant.Value(2, -1L)));
        assertArrayEquals(new long[] {3, 0}, roundTrip(type, new ValType.Variant.Value(3, null)));
    }

    @Test
    void ignoresTheHighHalfOfAJoinedSlot() {
        var shape = shapes.of(variant(Primitive.F32, Primitive.S64));
        var lifted = shape.lift(guest().frame, new long[] {0, 0x1234_5678_3F80_0000L}, 0);
        assertEquals(new ValType.Variant.Value(0, 1f), lifted);
    }

    @Test
    void widensTheDiscriminantBeyond256Cases() {
        assertEquals(1, shapes.of(new ValType.EnumOf(labels(256))).size);
        var wide = new ValType.EnumOf(labels(257));
        assertEquals(2, shapes.of(wide).size);
        assertArrayEquals(new long[] {256}, roundTrip(wide, 256));
        var shape = shapes.of(wide);
        assertThrows(TrapException.class, () -> shape.lift(guest().frame, new long[] {257}, 0));
        assertThrows(IllegalArgumentException.class, () -> roundTrip(wide, 257));
    }

    @Test
    void tellsNoneFromSomeOfNone() {
        var type = new ValType.Option(new ValType.Option(Primitive.U8));
        assertEquals(3, shapes.of(type).size);
        roundTrip(type, Optional.empty());
        roundTrip(type, Optional.of(Optional.empty()));
        assertArrayEquals(new long[] {1, 1, 200}, roundTrip(type, Optional.of(Optional.of(200))));
    }

    @Test
    void keepsFlagsInAsFewBytesAsTheyNeed() {
        for (var one : List.of(List.of(8, 1), List.of(9, 2), List.of(16, 2), List.of(17, 4), List.of(32, 4))) {
            var type = new ValType.Flags(labels(one.get(0)));
            assertEquals(one.get(1), shapes.of(type).size);
            roundTrip(type, (1L << one.get(0)) - 1);
        }
        var shape = shapes.of(new ValType.Flags(labels(3)));
        assertEquals(7L, shape.lift(guest().frame, new long[] {0xFF}, 0), "unknown bits are ignored");
    }

    @Test
    void roundTripsResultsRecordsAndTuples() {
        var type = new ValType.Result(
                Optional.of(new ValType.RecordOf(List.of(
                        new Field("a", Primitive.U8), new Field("b", Primitive.F64), new Field("c", Primitive.CHAR)))),
                Optional.empty());
        assertEquals(32, shapes.of(type).size);
        roundTrip(type, Value.ok(new Object[] {1, Double.NaN, 0x1F600}));
        assertArrayEquals(new long[] {1, 0, 0, 0}, roundTrip(type, Value.err()));
    }

    @Test
    void typesOfMoreThanSixteenSlotsAreNotFlat() {
        var sixteen = new ValType.Tuple(Collections.nCopies(16, Primitive.U32));
        assertEquals(16, flat(sixteen).size());
        assertEquals(null, flat(new ValType.Tuple(Collections.nCopies(17, Primitive.U32))));
        assertEquals(null, flat(variant(sixteen)));
    }

    @Test
    void aTypeUsedManyTimesIsLaidOutOnce() {
        ValType type = Primitive.U32;
        for (int i = 0; i < 24; i++) {
            type = new ValType.Option(new ValType.Tuple(List.of(type, type)));
            if (i > 20) {
                type = new ValType.ListOf(type);
            }
        }
        assertEquals(8, shapes.of(type).size);
    }
}

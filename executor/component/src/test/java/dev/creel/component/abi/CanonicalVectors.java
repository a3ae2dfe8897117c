package dev.creel.component.abi;

import static dev.creel.component.abi.VectorValues.all;
import static dev.creel.component.abi.VectorValues.spelled;
import static dev.creel.component.abi.VectorValues.type;
import static dev.creel.component.abi.VectorValues.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.TrapException;
import dev.creel.component.core.ValueKind;
import dev.creel.component.plan.CallCode;
import dev.creel.component.plan.StringEncoding;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.ValType;
import dev.creel.component.type.ValType.Field;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Plays vectors that the specification's executable definition answered, one at a time. Public for the runner of the public
 * suites.
 */
public final class CanonicalVectors {
    private final Codes codes;
    private final Shapes shapes = new Shapes(resource -> {
        throw new IllegalArgumentException("no resources here");
    });

    /** Plays them against one of the codes of calls. */
    public CanonicalVectors(CallCode calls) {
        this.codes = new Codes(calls);
    }

    /**
     * Plays one vector.
     *
     * @throws AssertionError if the answer differs
     */
    public void play(JsonNode vector) {
        var kind = vector.get("kind").stringValue();
        switch (kind) {
            case "flatten" -> flatten(vector);
            case "lower" -> lower(vector);
            case "lift" -> lift(vector);
            case "roundtrip" -> roundTrip(vector);
            default -> throw new AssertionError("an unknown kind of vector: " + kind);
        }
    }

    private void flatten(JsonNode vector) {
        var signature = signature(vector.get("params"), vector.get("result"));
        assertEquals(core(vector.get("lift")), signature.lifted());
        assertEquals(core(vector.get("lower")), signature.lowered());
        var layout = vector.get("layout");
        for (int i = 0; i < vector.get("params").size(); i++) {
            layout(vector.get("params").get(i), layout.get("params").get(i));
        }
        if (!vector.get("result").isNull()) {
            layout(vector.get("result"), layout.get("result"));
        }
        if (!layout.get("params_tuple").isNull()) {
            var tuple = new RecordShape(all(vector.get("params"), one -> shapes.of(type(one))));
            assertEquals(layout.get("params_tuple").get("size").intValue(), tuple.size);
            assertEquals(layout.get("params_tuple").get("align").intValue(), tuple.align);
        }
    }

    private void layout(JsonNode type, JsonNode expected) {
        var shape = shapes.of(type(type));
        assertEquals(expected.get("size").intValue(), shape.size);
        assertEquals(expected.get("align").intValue(), shape.align);
        var flat = kinds(expected.get("flat"));
        assertEquals(flat.size() > Shape.FLAT_MAX ? null : flat, shape.flat);
    }

    private void lower(JsonNode vector) {
        var type = type(vector.get("type"));
        var shape = shapes.of(type);
        var value = value(type, vector.get("value"), vector.get("src").stringValue());

        var store = vector.get("store");
        var guest = new ScriptedGuest(vector, store.get("realloc"));
        expect(store, () -> shape.store(guest.frame, store.get("ptr").intValue(), value));
        guest.checkCalls();
        if (store.has("memory")) {
            guest.checkMemory(vector, store.get("memory"));
        }

        var flat = vector.get("lower_flat");
        if (shape.flat != null) {
            var other = new ScriptedGuest(vector, flat.get("realloc"));
            var slots = new long[1][];
            var params = signature(List.of(type), null);
            var source = vector.get("src").stringValue();
            expect(flat, () -> slots[0] = lowered(params, source, new Object[] {value}, other));
            other.checkCalls();
            if (flat.has("flat")) {
                assertEquals(all(flat.get("flat"), JsonNode::stringValue), hex(slots[0], vector.get("flat_types")));
                other.checkMemory(vector, flat.get("memory"));
            }
        }

        if (vector.has("out")) {
            var out = vector.get("out");
            var third = new ScriptedGuest(vector, out.get("realloc"));
            var signature = signature(List.of(), type);
            var source = vector.get("src").stringValue();
            expect(
                    out,
                    () -> returned(signature, source, new long[] {out.get("ptr").longValue()}, value, third));
            third.checkCalls();
        }
    }

    private void lift(JsonNode vector) {
        var guest = new ScriptedGuest(vector, vector.get("memory")).with(vector.get("memory"));
        var slots = slots(vector.get("flat"));
        var expected = new Object[1];
        var types = all(vector.get("types"), VectorValues::type);
        expect(vector, () -> expected[0] = lifted(types, vector, guest, slots));
        if (!vector.has("trap")) {
            assertEquals(given(types, vector.get("values")), spelled(expected[0]));
        }
    }

    private void roundTrip(JsonNode vector) {
        var guest = new ScriptedGuest(vector, vector.get("realloc"));
        var types = all(vector.get("types"), VectorValues::type);
        var values = new Object[types.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(
                    types.get(i), vector.get("values").get(i), vector.get("src").stringValue());
        }
        long[] slots;
        if (vector.get("max_flat").intValue() == Shape.FLAT_MAX) {
            slots = lowered(signature(types, null), vector.get("src").stringValue(), values, guest);
        } else if (vector.has("out_ptr")) {
            slots = new long[] {vector.get("out_ptr").longValue()};
            var source = vector.get("src").stringValue();
            var results = returned(signature(List.of(), types.get(0)), source, slots, values[0], guest);
            assertEquals(0, results.length);
        } else {
            var source = vector.get("src").stringValue();
            slots = returned(signature(List.of(), types.get(0)), source, new long[0], values[0], guest);
        }
        guest.checkCalls();
        assertEquals(all(vector.get("flat"), JsonNode::stringValue), hex(slots, vector.get("flat_types")));
        guest.checkMemory(vector, vector.get("memory"));
        assertEquals(given(types, vector.get("lifted")), spelled(lifted(types, vector, guest, slots)));
    }

    /** Lowers values whose strings another guest has in the encoding {@code source}. */
    private long[] lowered(Signature signature, String source, Object[] values, ScriptedGuest to) {
        var encoding = encoding(source);
        if (encoding == null) {
            return new ExportCode.Walking(signature).lowerParams(to.frame, values);
        }
        var other = new RoomyGuest(encoding, 1, 0);
        var core = new ExportCode.Walking(signature).lowerParams(other.frame(false), values);
        return codes.fused(signature, encoding, to.frame.canon.encoding, false)
                .params(other.frame(true), to.frame, core);
    }

    private long[] returned(Signature signature, String source, long[] params, Object value, ScriptedGuest to) {
        var encoding = encoding(source);
        if (encoding == null) {
            return new ImportCode.Walking(signature).lowerResult(to.frame, params, value);
        }
        var other = new RoomyGuest(encoding, 1, 0);
        // The export returns a pointer where the import has an out-pointer.
        var core = new long[] {64};
        var flat = new ImportCode.Walking(signature).lowerResult(other.frame(false), core, value);
        return codes.fused(signature, to.frame.canon.encoding, encoding, false)
                .results(other.frame(true), to.frame, flat.length > 0 ? flat : core, params);
    }

    /** Null for UTF-16 that a guest with latin1+utf16 could have kept narrower, which no writer of ours makes. */
    private static @Nullable StringEncoding encoding(String source) {
        return switch (source) {
            case "utf8" -> StringEncoding.UTF8;
            case "utf16" -> StringEncoding.UTF16;
            case "latin1+utf16" -> StringEncoding.LATIN1_UTF16;
            default -> null;
        };
    }

    private ImportCode imported(Signature signature, ScriptedGuest guest) {
        return codes.imported(signature, guest.frame.canon.encoding);
    }

    private ExportCode exported(Signature signature, ScriptedGuest guest) {
        return codes.exported(signature, guest.frame.canon.encoding);
    }

    private Object lifted(List<ValType> types, JsonNode vector, ScriptedGuest guest, long[] slots) {
        if (vector.get("max_flat").intValue() == Shape.FLAT_MAX) {
            return imported(signature(types, null), guest).liftParams(guest.frame, slots);
        }
        assertEquals(1, types.size());
        return new Object[] {exported(signature(List.of(), types.get(0)), guest).liftResult(guest.frame, slots)};
    }

    private static String given(List<ValType> types, JsonNode values) {
        var given = new Object[types.size()];
        for (int i = 0; i < given.length; i++) {
            given[i] = value(types.get(i), values.get(i), null);
        }
        return spelled(given);
    }

    private static void expect(JsonNode answer, Runnable action) {
        if (answer.has("trap")) {
            assertThrows(TrapException.class, action::run, answer.get("trap").stringValue());
        } else {
            action.run();
        }
    }

    private Signature signature(JsonNode params, JsonNode result) {
        return signature(all(params, VectorValues::type), result.isNull() ? null : type(result));
    }

    private Signature signature(List<ValType> params, @Nullable ValType result) {
        var fields = params.stream().map(one -> new Field("p", one)).toList();
        return new Signature(new FuncType(fields, Optional.ofNullable(result), false), shapes);
    }

    private static CoreFuncType core(JsonNode type) {
        return new CoreFuncType(kinds(type.get("params")), kinds(type.get("results")));
    }

    private static List<ValueKind> kinds(JsonNode names) {
        return all(names, name -> ValueKind.valueOf(name.stringValue().toUpperCase(Locale.ROOT)));
    }

    private static long[] slots(JsonNode flat) {
        return all(flat, one -> Long.parseUnsignedLong(one.stringValue(), 16)).stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    private static List<String> hex(long[] slots, JsonNode kinds) {
        var all = new ArrayList<String>();
        for (int i = 0; i < slots.length; i++) {
            boolean wide = kinds.get(i).stringValue().endsWith("64");
            all.add(wide ? HexFormat.of().toHexDigits(slots[i]) : HexFormat.of().toHexDigits(slots[i], 8));
        }
        return all;
    }
}

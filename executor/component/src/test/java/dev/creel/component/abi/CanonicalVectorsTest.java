package dev.creel.component.abi;

import static dev.creel.component.abi.VectorValues.all;
import static dev.creel.component.abi.VectorValues.spelled;
import static dev.creel.component.abi.VectorValues.type;
import static dev.creel.component.abi.VectorValues.value;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.TrapException;
import dev.creel.component.core.ValueKind;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.ValType;
import dev.creel.component.type.ValType.Field;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Plays the vectors that the specification's executable definition answered. They are no part of this project. */
final class CanonicalVectorsTest {
    private final Shapes shapes = new Shapes(resource -> {
        throw new IllegalArgumentException("no resources here");
    });

    @Test
    void flattensAndLaysOutTypes() throws IOException {
        play("flatten", this::flatten);
    }

    @Test
    void lowersValues() throws IOException {
        play("lower", this::lower);
    }

    @Test
    void liftsValuesOrTraps() throws IOException {
        play("lift", this::lift);
    }

    @Test
    void getsBackWhatItLowered() throws IOException {
        play("roundtrip", this::roundTrip);
    }

    private interface Player {
        void play(JsonNode vector);
    }

    private static void play(String kind, Player player) throws IOException {
        var named = System.getProperty("creel.conformance");
        var folder = named != null ? Path.of(named) : Path.of("../../../shared/conformance");
        var file = folder.resolve("vectors/canonical-abi.jsonl.gz");
        assumeTrue(Files.exists(file), "skipped: no canonical ABI vectors at " + file);
        var mapper = new ObjectMapper();
        var failures = new ArrayList<String>();
        int played = 0;
        try (var lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var vector = mapper.readTree(line);
                if (!vector.get("kind").stringValue().equals(kind) || vector.has("features")) {
                    continue;
                }
                played++;
                try {
                    player.play(vector);
                } catch (RuntimeException | AssertionError e) {
                    failures.add(vector.get("id") + " " + vector.get("about") + ": " + e);
                }
            }
        }
        assertEquals(List.of(), failures, failures.size() + " of " + played);
        assertTrue(played > 100, "vectors played");
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
            var slots = new long[shape.slots()];
            expect(flat, () -> shape.lower(other.frame, slots, 0, value));
            other.checkCalls();
            if (flat.has("flat")) {
                assertEquals(all(flat.get("flat"), JsonNode::stringValue), hex(slots, vector.get("flat_types")));
                other.checkMemory(vector, flat.get("memory"));
            }
        }

        if (vector.has("out")) {
            var out = vector.get("out");
            var third = new ScriptedGuest(vector, out.get("realloc"));
            var signature = new Signature(new FuncType(List.of(), Optional.of(type), false), shapes);
            expect(
                    out,
                    () -> signature.lowerResult(
                            third.frame, new long[] {out.get("ptr").longValue()}, value));
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
            slots = signature(vector.get("types"), null).lowerParams(guest.frame, values);
        } else if (vector.has("out_ptr")) {
            slots = new long[] {vector.get("out_ptr").longValue()};
            assertEquals(
                    0, signature(null, vector.get("types").get(0)).lowerResult(guest.frame, slots, values[0]).length);
        } else {
            slots = signature(null, vector.get("types").get(0)).lowerResult(guest.frame, new long[0], values[0]);
        }
        guest.checkCalls();
        assertEquals(all(vector.get("flat"), JsonNode::stringValue), hex(slots, vector.get("flat_types")));
        guest.checkMemory(vector, vector.get("memory"));
        assertEquals(given(types, vector.get("lifted")), spelled(lifted(types, vector, guest, slots)));
    }

    private Object lifted(List<ValType> types, JsonNode vector, ScriptedGuest guest, long[] slots) {
        if (vector.get("max_flat").intValue() == Shape.FLAT_MAX) {
            return signature(vector.get("types"), null).liftParams(guest.frame, slots);
        }
        assertEquals(1, types.size());
        return new Object[] {signature(null, vector.get("types").get(0)).liftResult(guest.frame, slots)};
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
        var fields = params == null ? List.<Field>of() : all(params, one -> new Field("p", type(one)));
        var returned = result == null || result.isNull() ? Optional.<ValType>empty() : Optional.of(type(result));
        return new Signature(new FuncType(fields, returned, false), shapes);
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

package dev.creel.component.abi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.CoreMemory;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.ValueKind;
import dev.creel.component.host.Store;
import dev.creel.component.plan.StringEncoding;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;

/** A memory of one page and a realloc that expects the calls of a script. */
final class ScriptedGuest implements CoreMemory {
    private static final CoreFuncType REALLOC =
            new CoreFuncType(Collections.nCopies(4, ValueKind.I32), Collections.nCopies(1, ValueKind.I32));

    final Frame frame;
    private final byte[] bytes;
    private final JsonNode script;
    private int calls;

    /** As the vector says, with {@code script} for its realloc. */
    ScriptedGuest(JsonNode vector, JsonNode script) {
        this.script = script;
        this.bytes = new byte[vector.get("memory_size").intValue()];
        Arrays.fill(bytes, (byte) Integer.parseInt(vector.get("fill").stringValue(), 16));
        var encoding = switch (vector.get("encoding").stringValue()) {
            case "utf8" -> StringEncoding.UTF8;
            case "utf16" -> StringEncoding.UTF16;
            default -> StringEncoding.LATIN1_UTF16;
        };
        var realloc = CoreFunction.host("realloc", REALLOC, this::reallocate);
        var store = new Store(
                new CoreLimits() {
                    @Override
                    public boolean reserveMemory(long bytes) {
                        return true;
                    }

                    @Override
                    public boolean reserveTable(long elements) {
                        return true;
                    }
                },
                100,
                Store.Waits.FREE);
        var instance = new InstanceState(0, store, new InstanceState.Arrivals());
        var canon = new Canon(
                new Canon.Linked(encoding, 0, 1, -1),
                instance,
                Store.LIFT_BYTES_MAX,
                slot -> slot == 0 ? this : realloc);
        this.frame = new Frame(canon, false);
    }

    /** Puts {@code [[offset, hex], …]} into memory. */
    ScriptedGuest with(JsonNode memory) {
        write(bytes, memory);
        return this;
    }

    private static void write(byte[] bytes, JsonNode memory) {
        for (var part : memory) {
            var content = HexFormat.of().parseHex(part.get(1).stringValue());
            System.arraycopy(content, 0, bytes, part.get(0).intValue(), content.length);
        }
    }

    void checkCalls() {
        assertEquals(script.size(), calls, "calls of realloc");
    }

    /** Every byte is as {@code memory} says, or untouched. */
    void checkMemory(JsonNode vector, JsonNode memory) {
        var expected = new byte[bytes.length];
        Arrays.fill(expected, (byte) Integer.parseInt(vector.get("fill").stringValue(), 16));
        write(expected, memory);
        assertArrayEquals(expected, bytes);
    }

    private long[] reallocate(long[] args) {
        var call = script.get(calls++);
        if (call == null) {
            throw new AssertionError("unexpected realloc" + Arrays.toString(args));
        }
        var expected = new long[] {
            call.get(0).longValue(),
            call.get(1).longValue(),
            call.get(2).longValue(),
            call.get(3).longValue()
        };
        assertArrayEquals(expected, args, "realloc " + (calls - 1));
        int old = (int) args[0];
        int oldSize = (int) args[1];
        int size = (int) args[3];
        int returned = (int) call.get(4).longValue();
        if (Integer.toUnsignedLong(returned) + size <= bytes.length) {
            if (oldSize > 0 && returned != old) {
                System.arraycopy(bytes, old, bytes, returned, Math.min(oldSize, size));
                Arrays.fill(bytes, old, old + oldSize, (byte) 0xdd);
            } else if (oldSize > size) {
                Arrays.fill(bytes, old + size, old + oldSize, (byte) 0xdd);
            }
        }
        return new long[] {Integer.toUnsignedLong(returned)};
    }

    @Override
    public CoreType.Memory type() {
        return new CoreType.Memory(1, 1, false);
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int size() {
        return bytes.length;
    }
}

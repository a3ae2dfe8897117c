package dev.creel.component.chicory;

import static dev.creel.component.engine.CoreGuests.function;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.creel.component.core.TrapException;
import dev.creel.component.engine.CoreGuests;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LargeTypesTest {
    private static final int FUNCTIONS = 1100;

    /** Functions of type (i64 i32 f64) → i32 that give their second argument, one of another type, and one that calls them. */
    private static byte[] module() {
        var functions = new ByteArrayOutputStream();
        var elements = new ByteArrayOutputStream();
        var code = new ByteArrayOutputStream();
        leb(functions, FUNCTIONS + 2);
        elements.writeBytes(new byte[] {1, 0, 0x41, 0, 0x0b});
        leb(elements, FUNCTIONS + 1);
        leb(code, FUNCTIONS + 2);
        for (var i = 0; i < FUNCTIONS; i++) {
            functions.write(0);
            leb(elements, i);
            code.writeBytes(new byte[] {4, 0, 0x20, 1, 0x0b});
        }
        functions.writeBytes(new byte[] {1, 2});
        leb(elements, FUNCTIONS);
        code.writeBytes(new byte[] {4, 0, 0x41, 0, 0x0b});
        code.writeBytes(new byte[] {13, 0, 0x20, 0, 0x20, 1, 0x20, 2, 0x20, 3, 0x11, 0, 0, 0x0b});
        var wasm = new ByteArrayOutputStream();
        wasm.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        section(wasm, 1, new byte[] {
            3, 0x60, 3, 0x7e, 0x7f, 0x7c, 1, 0x7f, 0x60, 0, 1, 0x7f, 0x60, 4, 0x7e, 0x7f, 0x7c, 0x7f, 1, 0x7f
        });
        section(wasm, 3, functions.toByteArray());
        var table = new ByteArrayOutputStream();
        table.writeBytes(new byte[] {1, 0x70, 0});
        leb(table, FUNCTIONS + 1);
        section(wasm, 4, table.toByteArray());
        var exports = new ByteArrayOutputStream();
        exports.writeBytes(new byte[] {1, 4, 'c', 'a', 'l', 'l', 0});
        leb(exports, FUNCTIONS + 1);
        section(wasm, 7, exports.toByteArray());
        section(wasm, 9, elements.toByteArray());
        section(wasm, 10, code.toByteArray());
        return wasm.toByteArray();
    }

    private static void section(ByteArrayOutputStream wasm, int id, byte[] content) {
        wasm.write(id);
        leb(wasm, content.length);
        wasm.writeBytes(content);
    }

    private static void leb(ByteArrayOutputStream out, int value) {
        var rest = value;
        while (rest >= 0x80) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    @Test
    void indirectCallsOfATypeThatVeryManyFunctionsHaveGetTheirArguments() {
        var engine = new ChicoryEngine();
        var instance = engine.compile(engine.parse(module()), "large").instantiate(List.of(), CoreGuests.UNLIMITED);
        var call = function(instance, "call");
        for (var target : List.of(0, 1023, 1024, FUNCTIONS - 1)) {
            assertEquals(7, call.call(1L << 40, 7, Double.doubleToLongBits(3), target)[0]);
        }
        var trap = assertThrows(TrapException.class, () -> call.call(1, 2, 3, FUNCTIONS));
        assertEquals("indirect call type mismatch", trap.getMessage());
    }
}

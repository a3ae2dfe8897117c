package dev.creel.codegen;

import java.io.ByteArrayOutputStream;

/** Writes a module of many functions. */
final class MadeModule {
    private final ByteArrayOutputStream types = new ByteArrayOutputStream();
    private final ByteArrayOutputStream functions = new ByteArrayOutputStream();
    private final ByteArrayOutputStream bodies = new ByteArrayOutputStream();
    private int typeCount;
    private int functionCount;

    /** Adds a function type from i32s to i32s; its index. */
    int type(int params, int results) {
        types.write(0x60);
        kinds(params);
        kinds(results);
        return typeCount++;
    }

    private void kinds(int count) {
        number(types, count);
        for (var i = 0; i < count; i++) {
            types.write(0x7f);
        }
    }

    /** Adds a function without locals. */
    void function(int type, byte[] instructions) {
        function(type, 0, instructions);
    }

    /** Adds a function with so many locals of i32. */
    void function(int type, int locals, byte[] instructions) {
        number(functions, type);
        functionCount++;
        var body = new ByteArrayOutputStream();
        body.write(locals == 0 ? 0 : 1);
        if (locals > 0) {
            number(body, locals);
            body.write(0x7f);
        }
        body.writeBytes(instructions);
        body.write(0x0b);
        number(bodies, body.size());
        bodies.writeBytes(body.toByteArray());
    }

    /** The module, with one memory. */
    byte[] wasm() {
        var module = new ByteArrayOutputStream();
        module.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        section(module, 1, typeCount, types);
        section(module, 3, functionCount, functions);
        module.writeBytes(new byte[] {5, 3, 1, 0, 1});
        section(module, 10, functionCount, bodies);
        return module.toByteArray();
    }

    private static void section(ByteArrayOutputStream module, int id, int count, ByteArrayOutputStream content) {
        var counted = new ByteArrayOutputStream();
        number(counted, count);
        module.write(id);
        number(module, counted.size() + content.size());
        module.writeBytes(counted.toByteArray());
        module.writeBytes(content.toByteArray());
    }

    /** LEB128, unsigned. */
    static void number(ByteArrayOutputStream to, int value) {
        for (var left = value; ; left >>>= 7) {
            if (left < 0x80) {
                to.write(left);
                return;
            }
            to.write((left & 0x7f) | 0x80);
        }
    }
}

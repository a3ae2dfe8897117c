package dev.creel.component.chicory;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.CodeSection;
import dev.creel.component.core.InvalidModuleException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;

/**
 * Where the bodies of a module's own functions are in its bytes. Their instructions, which take thirty to a hundred times the memory while
 * they are parsed, are parsed in parts: what a body gives depends on its own bytes and on the module's types alone. Thread-safe.
 */
final class FunctionBodies {
    /** Bodies of a module without any. */
    static final FunctionBodies NONE = new FunctionBodies(new byte[0], new byte[0], new int[] {0});

    private final byte[] wasm;
    private final byte[] head;
    private final int[] starts;

    /**
     * @param wasm what the bodies are in
     * @param head preamble and type section
     * @param starts where each body's size begins, and where the last body ends
     */
    FunctionBodies(byte[] wasm, byte[] head, int[] starts) {
        this.wasm = wasm;
        this.head = head;
        this.starts = starts;
    }

    int count() {
        return starts.length - 1;
    }

    /** Size in bytes of the bodies from number {@code from} up to {@code to}. */
    int bytes(int from, int to) {
        return starts[to] - starts[from];
    }

    /**
     * Parses the bodies from number {@code from} up to {@code to}, with nothing validated.
     *
     * @throws InvalidModuleException if one is malformed
     */
    CodeSection parse(int from, int to) {
        var bodies = new ByteArrayOutputStream();
        ModuleBytes.leb(bodies, to - from);
        bodies.write(wasm, starts[from], bytes(from, to));
        var module = new ByteArrayOutputStream(head.length + bodies.size() + 6);
        module.writeBytes(head);
        module.write(ModuleBytes.CODE);
        ModuleBytes.leb(module, bodies.size());
        module.writeBytes(bodies.toByteArray());
        var found = new CodeSection[1];
        ChicoryEngine.reading(() -> {
            Parser.builder().build().parse(new ByteArrayInputStream(module.toByteArray()), section -> {
                if (section instanceof CodeSection code) {
                    found[0] = code;
                }
            });
            return found;
        });
        return found[0];
    }
}

package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import dev.creel.codegen.run.GuestInstance;

/**
 * Globals that nobody but the module's own code can see. The first of them live in fields of the instance, where generated code reaches
 * them in one step: a C program's stack pointer is one.
 */
public final class PrivateGlobals {
    private static final int ELSEWHERE = -1;

    private final int[] fields;

    private PrivateGlobals(int[] fields) {
        this.fields = fields;
    }

    /** Those of {@code module}. */
    public static PrivateGlobals of(WasmModule module) {
        var imported = module.importSection().count(ExternalType.GLOBAL);
        var fields = new int[imported + module.globalSection().globalCount()];
        for (var i = 0; i < fields.length; i++) {
            fields[i] = i < imported ? ELSEWHERE : 0;
        }
        for (var i = 0; i < module.exportSection().exportCount(); i++) {
            var export = module.exportSection().getExport(i);
            if (export.exportType() == ExternalType.GLOBAL) {
                fields[export.index()] = ELSEWHERE;
            }
        }
        var ints = 0;
        var longs = 0;
        for (var i = imported; i < fields.length; i++) {
            var kind = Kind.of(module.globalSection().getGlobal(i - imported).valueType());
            if (fields[i] == ELSEWHERE) {
                continue;
            }
            if (kind == Kind.I32 && ints < GuestInstance.INT_GLOBALS) {
                fields[i] = ints++;
            } else if (kind == Kind.I64 && longs < GuestInstance.LONG_GLOBALS) {
                fields[i] = longs++;
            } else {
                fields[i] = ELSEWHERE;
            }
        }
        return new PrivateGlobals(fields);
    }

    /** Which of the fields of its kind a global lives in, or a number below zero if in none. */
    public int field(int global) {
        return fields[global];
    }
}

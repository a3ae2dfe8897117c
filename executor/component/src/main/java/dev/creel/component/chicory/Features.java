package dev.creel.component.chicory;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.GlobalImport;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.MemoryImport;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.SubType;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.ValType;
import dev.creel.component.core.InvalidModuleException;
import java.util.List;

/** Refuses valid modules that use what this engine cannot run, or cannot bound; and an invalid kind that Chicory lets pass. */
final class Features {
    private static final int GC_PREFIX = 0xfb;
    private static final int SIMD_PREFIX = 0xfd;

    private Features() {}

    static void check(WasmModule module) {
        vectors(module);
        checkButVectors(module);
    }

    /** The same for an engine that has vector instructions. */
    static void checkButVectors(WasmModule module) {
        for (var i = 0; i < module.typeSection().subTypeCount(); i++) {
            types(module.typeSection().getSubType(i));
        }
        module.importSection().stream().forEach(Features::imports);
        module.memorySection().ifPresent(memories -> {
            for (var i = 0; i < memories.memoryCount(); i++) {
                shared(memories.getMemory(i).limits().shared());
            }
        });
        for (var i = 0; i < module.tableSection().tableCount(); i++) {
            elements(module.tableSection().getTable(i), module.importSection().count(ExternalType.GLOBAL));
        }
        for (var i = 0; i < module.globalSection().globalCount(); i++) {
            value(module.globalSection().getGlobal(i).valueType());
        }
        for (var i = 0; i < module.codeSection().functionBodyCount(); i++) {
            body(module.codeSection().getFunctionBody(i), i);
        }
    }

    private static void vectors(WasmModule module) {
        for (var i = 0; i < module.typeSection().subTypeCount(); i++) {
            var function = module.typeSection().getSubType(i).compType().funcType();
            if (function != null) {
                function.params().forEach(Features::notVector);
                function.returns().forEach(Features::notVector);
            }
        }
        module.importSection().stream().forEach(entry -> {
            if (entry instanceof GlobalImport global) {
                notVector(global.type());
            }
        });
        for (var global : module.globalSection().globals()) {
            notVector(global.valueType());
        }
        for (var i = 0; i < module.codeSection().functionBodyCount(); i++) {
            var body = module.codeSection().getFunctionBody(i);
            body.localTypes().forEach(Features::notVector);
            for (var instruction : body.instructions()) {
                if (instruction.opcode().opcode() >> 8 == SIMD_PREFIX) {
                    throw unsupported("SIMD (" + instruction.opcode() + " in function body " + i
                            + "); build without it, e.g. -C target-feature=-simd128 or -mno-simd128");
                }
            }
        }
    }

    private static void notVector(ValType type) {
        if (type.equals(ValType.V128)) {
            throw unsupported("SIMD (a v128 value); build without it, e.g. -C target-feature=-simd128 or -mno-simd128");
        }
    }

    private static void imports(Import entry) {
        if (entry instanceof MemoryImport memory) {
            shared(memory.limits().shared());
        }
    }

    private static void types(SubType type) {
        var function = type.compType().funcType();
        if (function == null) {
            throw collected("struct and array types");
        }
        values(function.params());
        values(function.returns());
    }

    /** What a table is filled with stands before the module's own globals. */
    private static void elements(Table table, int importedGlobals) {
        for (var instruction : table.initialize()) {
            if (instruction.opcode() == OpCode.GLOBAL_GET && instruction.operand(0) >= importedGlobals) {
                throw new InvalidModuleException(
                        "invalid: unknown global " + instruction.operand(0) + " in what a table is filled with");
            }
        }
    }

    /** Refuses one function; {@code index} is among the module's own. */
    static void body(FunctionBody body, int index) {
        values(body.localTypes());
        for (var instruction : body.instructions()) {
            opcode(instruction.opcode(), index);
        }
    }

    private static void opcode(OpCode opcode, int index) {
        switch (opcode.opcode() >> 8) {

            // Its heap is outside of every limit.
            case GC_PREFIX -> throw collected(opcode + " in function body " + index);
            default -> {}
        }
    }

    private static void values(List<ValType> types) {
        types.forEach(Features::value);
    }

    private static void value(ValType type) {

        if (type.isReference()) {
            TypeMapping.kind(type);
        }
    }

    private static void shared(boolean shared) {
        if (shared) {
            throw unsupported("threads (a shared memory)");
        }
    }

    private static InvalidModuleException collected(String what) {
        return unsupported("garbage collected values (" + what + ")");
    }

    private static InvalidModuleException unsupported(String what) {
        return new InvalidModuleException(InvalidModuleException.Kind.UNSUPPORTED, what);
    }
}

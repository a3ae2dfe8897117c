package dev.creel.codegen;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.GlobalImport;
import com.dylibso.chicory.wasm.types.TableImport;
import com.dylibso.chicory.wasm.types.ValType;
import dev.creel.codegen.run.ReferenceType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The full reference types of a module's globals and tables, imported ones first.
 *
 * @param globals for each its type, or null if it is a number
 */
record ReferenceTypes(List<@Nullable ReferenceType> globals, List<@Nullable ReferenceType> tables) {
    /** What stands for a type within itself, and for one that is too long to write down. */
    private static final String ITSELF = "^";

    private static final int NESTED_MAX = 8;

    static ReferenceTypes of(WasmModule module) {
        var globals = new ArrayList<@Nullable ReferenceType>();
        var tables = new ArrayList<@Nullable ReferenceType>();
        for (var i = 0; i < module.importSection().importCount(); i++) {
            switch (module.importSection().getImport(i)) {
                case GlobalImport global -> globals.add(of(global.type(), module));
                case TableImport table -> tables.add(of(table.entryType(), module));
                default -> {}
            }
        }
        for (var global : module.globalSection().globals()) {
            globals.add(of(global.valueType(), module));
        }
        for (var i = 0; i < module.tableSection().tableCount(); i++) {
            tables.add(of(module.tableSection().getTable(i).elementType(), module));
        }
        return new ReferenceTypes(globals, tables);
    }

    private static @Nullable ReferenceType of(ValType type, WasmModule module) {
        return type.isReference()
                ? new ReferenceType(type.isNullable(), heap(type.typeIdx(), module, new ArrayDeque<>()))
                : null;
    }

    private static String heap(int heap, WasmModule module, Deque<Integer> within) {
        if (heap < 0) {
            return name(heap);
        }
        if (within.contains(heap)) {
            return ITSELF + List.copyOf(within).indexOf(heap);
        }
        if (within.size() >= NESTED_MAX) {
            return ITSELF;
        }
        within.push(heap);
        var type = module.typeSection().getType(heap);
        var text = new StringBuilder("(func");
        type.params().forEach(param -> text.append(' ').append(value(param, module, within)));
        text.append(" ->");
        type.returns().forEach(result -> text.append(' ').append(value(result, module, within)));
        within.pop();
        return text.append(')').toString();
    }

    private static String value(ValType type, WasmModule module, Deque<Integer> within) {
        if (!type.isReference()) {
            return Integer.toString(type.opcode());
        }
        return (type.isNullable() ? "null " : "ref ") + heap(type.typeIdx(), module, within);
    }

    private static String name(int heap) {
        for (var code : ValType.TypeIdxCode.values()) {
            if (code.code() == heap) {
                return code.name().toLowerCase(Locale.ROOT);
            }
        }
        throw new IllegalArgumentException("no heap type " + heap);
    }
}

package dev.creel.component.chicory;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.ValType;
import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.InvalidModuleException;
import dev.creel.component.core.ValueKind;
import java.util.List;

/** Chicory's types as the engine port's. */
final class TypeMapping {
    private TypeMapping() {}

    static ValueKind kind(ValType type) {
        return switch (type.opcode()) {
            case ValType.ID.I32 -> ValueKind.I32;
            case ValType.ID.I64 -> ValueKind.I64;
            case ValType.ID.F32 -> ValueKind.F32;
            case ValType.ID.F64 -> ValueKind.F64;
            case ValType.ID.V128 -> ValueKind.V128;
            default -> reference(type);
        };
    }

    private static ValueKind reference(ValType type) {
        var heap = type.typeIdx();
        if (heap >= 0 || heap == ValType.TypeIdxCode.FUNC.code() || heap == ValType.TypeIdxCode.NOFUNC.code()) {
            return ValueKind.FUNCREF;
        }
        if (heap == ValType.TypeIdxCode.EXTERN.code() || heap == ValType.TypeIdxCode.NOEXTERN.code()) {
            return ValueKind.EXTERNREF;
        }
        if (heap == ValType.TypeIdxCode.EXN.code()) {
            return ValueKind.EXNREF;
        }
        throw new InvalidModuleException(
                InvalidModuleException.Kind.UNSUPPORTED, "garbage collected values (type " + type + ")");
    }

    static CoreFuncType function(FunctionType type) {
        return new CoreFuncType(kinds(type.params()), kinds(type.returns()));
    }

    private static List<ValueKind> kinds(List<ValType> types) {
        return types.stream().map(TypeMapping::kind).toList();
    }

    static CoreType.Memory memory(MemoryLimits limits) {
        var max = limits.maximumPages();
        return new CoreType.Memory(limits.initialPages(), max >= MemoryLimits.MAX_PAGES ? -1 : max, limits.shared());
    }

    static CoreType.Table table(ValType element, TableLimits limits) {
        return new CoreType.Table(
                kind(element), limits.min(), limits.max() >= TableLimits.LIMIT_MAX ? -1 : limits.max());
    }
}

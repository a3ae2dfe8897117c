package dev.creel.codegen;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.ValType;
import dev.creel.component.core.InvalidModuleException;
import java.util.List;

/** Refuses valid modules that use what this engine cannot run; Chicory has refused what it cannot. */
final class Support {
    private static final int ATOMIC_PREFIX = 0xfe;
    /** A method has 255 slots for parameters; a double takes two, and four are ours. */
    private static final int PARAMS_MAX = 125;

    private Support() {}

    /** Refuses what is around the functions. */
    static void check(WasmModule module) {
        for (var i = 0; i < module.typeSection().typeCount(); i++) {
            type(module.typeSection().getType(i));
        }
        for (var i = 0; i < module.globalSection().globalCount(); i++) {
            value(module.globalSection().getGlobal(i).valueType());
        }
        for (var i = 0; i < module.tableSection().tableCount(); i++) {
            var element = module.tableSection().getTable(i).elementType();
            value(element);
            if (element.typeIdx() == ValType.TypeIdxCode.EXN.code()) {
                throw unsupported("tables of exceptions");
            }
        }
    }

    /** Refuses one function; {@code index} is among the module's own. */
    static void check(int index, FunctionBody body) {
        body.localTypes().forEach(Support::value);
        for (var instruction : body.instructions()) {
            opcode(instruction.opcode(), index);
        }
    }

    private static void type(FunctionType type) {
        if (type.params().size() > PARAMS_MAX) {
            throw new InvalidModuleException(
                    InvalidModuleException.Kind.TOO_LARGE,
                    "a function type of " + type.params().size() + " parameters; at most " + PARAMS_MAX + " are taken");
        }
        values(type.params());
        values(type.returns());
    }

    private static void values(List<ValType> types) {
        types.forEach(Support::value);
    }

    private static void value(ValType type) {
        if (type.isReference() && !taken(type.typeIdx())) {
            throw unsupported("references of type " + type);
        }
    }

    private static boolean taken(int heap) {
        return heap >= 0
                || heap == ValType.TypeIdxCode.FUNC.code()
                || heap == ValType.TypeIdxCode.NOFUNC.code()
                || heap == ValType.TypeIdxCode.EXTERN.code()
                || heap == ValType.TypeIdxCode.NOEXTERN.code()
                || heap == ValType.TypeIdxCode.EXN.code();
    }

    private static void opcode(OpCode opcode, int index) {
        switch (opcode) {
            case REF_EQ -> throw unsupported("garbage collected values", opcode, index);
            default -> {
                if (opcode.opcode() >> Byte.SIZE == ATOMIC_PREFIX) {
                    throw unsupported("atomics", opcode, index);
                }
            }
        }
    }

    private static InvalidModuleException unsupported(String feature, OpCode opcode, int body) {
        return unsupported(feature + " (" + opcode + " in function body " + body + ")");
    }

    private static InvalidModuleException unsupported(String what) {
        return new InvalidModuleException(
                InvalidModuleException.Kind.UNSUPPORTED, what + ": the code generator cannot do that yet");
    }
}

package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.ValType;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.List;

/** How a value lives in the JVM. */
@SuppressWarnings("ImmutableEnumChecker") // Class descriptions do not change, only nobody says so.
enum Kind {
    I32(TypeKind.INT, ConstantDescs.CD_int),
    I64(TypeKind.LONG, ConstantDescs.CD_long),
    F32(TypeKind.FLOAT, ConstantDescs.CD_float),
    F64(TypeKind.DOUBLE, ConstantDescs.CD_double),
    FUNC(TypeKind.REFERENCE, Names.FUNCTION),
    EXTERN(TypeKind.INT, ConstantDescs.CD_int),
    EXN(TypeKind.REFERENCE, Names.THROWN),
    V128(TypeKind.REFERENCE, Names.VECTOR);

    private static final int OPCODE = 0xff;

    final TypeKind jvm;
    final ClassDesc desc;

    Kind(TypeKind jvm, ClassDesc desc) {
        this.jvm = jvm;
        this.desc = desc;
    }

    /** Whether values are objects, which no bits can stand for. */
    boolean reference() {
        return jvm == TypeKind.REFERENCE;
    }

    /** How many numbers its bits are for the host. */
    int words() {
        return this == V128 ? 2 : 1;
    }

    boolean wide() {
        return jvm.slotSize() == 2;
    }

    static Kind of(ValType type) {
        return of(type.opcode(), type.typeIdx());
    }

    /** The kind that an instruction names by a value type's id. */
    static Kind ofId(long id) {
        return of((int) id & OPCODE, (int) (id >> Integer.SIZE));
    }

    /** The kind of a reference to {@code heap}. */
    static Kind ofHeap(int heap) {
        if (heap == ValType.TypeIdxCode.EXN.code()) {
            return EXN;
        }
        var function =
                heap >= 0 || heap == ValType.TypeIdxCode.FUNC.code() || heap == ValType.TypeIdxCode.NOFUNC.code();
        return function ? FUNC : EXTERN;
    }

    static List<Kind> of(List<ValType> types) {
        return types.stream().map(Kind::of).toList();
    }

    private static Kind of(int opcode, int heap) {
        return switch (opcode) {
            case ValType.ID.I32 -> I32;
            case ValType.ID.I64 -> I64;
            case ValType.ID.F32 -> F32;
            case ValType.ID.F64 -> F64;
            case ValType.ID.V128 -> V128;
            case ValType.ID.FuncRef -> FUNC;
            case ValType.ID.ExternRef, ValType.ID.NoExternRef -> EXTERN;
            case ValType.ID.ExnRef -> EXN;
            case ValType.ID.NoFuncRef -> FUNC;
            default -> ofHeap(heap);
        };
    }
}

package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.FunctionType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/** A function type in the JVM's terms. */
record Signature(List<Kind> params, List<Kind> results) {
    static Signature of(FunctionType type) {
        return new Signature(Kind.of(type.params()), Kind.of(type.returns()));
    }

    ClassDesc first() {
        return results.isEmpty() ? ConstantDescs.CD_void : results.getFirst().desc;
    }

    /** Of a method with these parameters, then {@code more}. */
    MethodTypeDesc with(ClassDesc... more) {
        var all = new ArrayList<>(params.stream().map(kind -> kind.desc).toList());
        all.addAll(List.of(more));
        return MethodTypeDesc.of(first(), all);
    }

    /** Of the function itself. */
    MethodTypeDesc method() {
        return with(Names.INSTANCE);
    }

    /** The slot behind the parameters. */
    int slots() {
        return params.stream().mapToInt(kind -> kind.jvm.slotSize()).sum();
    }

    /** Loads the parameters of a method that begin with its locals. */
    void loadParams(CodeBuilder code) {
        var slot = 0;
        for (var kind : params) {
            code.loadLocal(kind.jvm, slot);
            slot += kind.jvm.slotSize();
        }
    }

    /** Returns the first result, which is on the stack, if there is any. */
    void giveBack(CodeBuilder code) {
        code.return_(results.isEmpty() ? TypeKind.VOID : results.getFirst().jvm);
    }
}

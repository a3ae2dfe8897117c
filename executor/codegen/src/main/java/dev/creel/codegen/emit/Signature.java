package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.FunctionType;
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
}

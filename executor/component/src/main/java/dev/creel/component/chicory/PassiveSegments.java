package dev.creel.component.chicory;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/**
 * Gives {@code memory.init} in compiled functions the instance whose segment it reads. Chicory asks the memory, which knows
 * only the segments of whichever module was instantiated on it last.
 */
final class PassiveSegments {
    private static final String NAME = "memoryInit";
    private static final ClassDesc INSTANCE = ClassDesc.of("com.dylibso.chicory.runtime.Instance");
    private static final ClassDesc MEMORY = ClassDesc.of("com.dylibso.chicory.runtime.Memory");
    private static final MethodTypeDesc WITHOUT = MethodTypeDesc.of(
            ConstantDescs.CD_void,
            ConstantDescs.CD_int,
            ConstantDescs.CD_int,
            ConstantDescs.CD_int,
            ConstantDescs.CD_int,
            MEMORY);
    private static final MethodTypeDesc WITH = WITHOUT.insertParameterTypes(WITHOUT.parameterCount(), INSTANCE);

    private PassiveSegments() {}

    /** A class of compiled functions, each of which has the instance as its last parameter. */
    static byte[] withInstance(byte[] functions) {
        var files = ClassFile.of();
        return files.transformClass(files.parse(functions), PassiveSegments::method);
    }

    private static void method(ClassBuilder builder, ClassElement element) {
        if (element instanceof MethodModel method && calls(method)) {
            builder.transformMethod(method, MethodTransform.transformingCode(passing(lastParameter(method))));
        } else {
            builder.with(element);
        }
    }

    private static boolean calls(MethodModel method) {
        return method.code().stream()
                .flatMap(code -> code.elementStream())
                .anyMatch(element -> element instanceof InvokeInstruction call && lacks(call));
    }

    private static boolean lacks(InvokeInstruction call) {
        return call.name().equalsString(NAME) && call.typeSymbol().equals(WITHOUT);
    }

    private static CodeTransform passing(int instanceSlot) {
        return (code, element) -> {
            if (element instanceof InvokeInstruction call && lacks(call)) {
                code.aload(instanceSlot).invokestatic(call.owner().asSymbol(), NAME, WITH);
            } else {
                code.with(element);
            }
        };
    }

    private static int lastParameter(MethodModel method) {
        var slots = 0;
        for (var type : method.methodTypeSymbol().parameterList()) {
            slots += TypeKind.from(type).slotSize();
        }
        return slots - 1;
    }
}

package dev.creel.component.chicory;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.LoadInstruction;
import java.util.ArrayList;
import java.util.List;

/**
 * Repairs the classes through which Chicory calls a type that more than 1,024 functions of a module have: they load the
 * arguments by their number instead of their slot, which differ behind any 64-bit one.
 */
final class LargeTypes {
    /** What stands in the names of such classes. */
    static final String CLASSES = "Indirect_";

    private static final String METHOD = "apply";
    /** Parameters behind the guest's own: memory, instance, function index. */
    private static final int OTHERS = 3;

    private LargeTypes() {}

    static byte[] repaired(byte[] dispatch) {
        var files = ClassFile.of();
        return files.transformClass(files.parse(dispatch), LargeTypes::method);
    }

    private static void method(ClassBuilder builder, ClassElement element) {
        if (element instanceof MethodModel method && method.methodName().equalsString(METHOD)) {
            builder.transformMethod(
                    method, MethodTransform.transformingCode(CodeTransform.ofStateful(() -> loading(method))));
        } else {
            builder.with(element);
        }
    }

    /** The first loads of the method are those of the arguments. */
    private static CodeTransform loading(MethodModel method) {
        var slots = slots(method);
        var next = slots.iterator();
        return (CodeBuilder code, CodeElement element) -> {
            if (element instanceof LoadInstruction load && next.hasNext()) {
                code.loadLocal(load.typeKind(), next.next());
            } else {
                code.with(element);
            }
        };
    }

    private static List<Integer> slots(MethodModel method) {
        var parameters = method.methodTypeSymbol().parameterList();
        var slots = new ArrayList<Integer>();
        var slot = 0;
        for (var type : parameters.subList(0, parameters.size() - OTHERS)) {
            slots.add(slot);
            slot += TypeKind.from(type).slotSize();
        }
        return slots;
    }
}

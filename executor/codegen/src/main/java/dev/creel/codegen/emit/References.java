package dev.creel.codegen.emit;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.BitSet;

/** Calls of function references, and what tells null from other references. */
final class References {
    private static final String METHOD = "reference";

    /** Types that are called by reference. */
    private final BitSet types = new BitSet();

    /** @param canonical for each of the module's types its place among the types */
    References(Survey survey, int[] canonical) {
        survey.referenceTypes().stream().forEach(type -> types.set(canonical[type]));
    }

    boolean isCalled(int type) {
        return types.get(type);
    }

    private static MethodTypeDesc method(Signature signature) {
        return signature.with(Names.INSTANCE, Names.FUNCTION);
    }

    /** Parameters and a reference are on the JVM's stack. */
    static void call(CodeBuilder code, Layout layout, int type, int instance) {
        code.aload(instance).swap().invokestatic(layout.calls(type), METHOD, method(layout.signature(type)));
    }

    /** Writes what calls a reference: through the switch of the type if the function is of the same instance and of just this type. */
    static void caller(ClassBuilder builder, Layout layout, int type) {
        var signature = layout.signature(type);
        builder.withMethodBody(METHOD, method(signature), Layout.STATIC, code -> {
            var instance = signature.slots();
            var guest = instance + 1;
            var others = code.newLabel();
            code.aload(guest)
                    .loadConstant(type)
                    .aload(instance)
                    .invokestatic(
                            Names.CROSSING,
                            "isOwn",
                            MethodTypeDesc.of(
                                    ConstantDescs.CD_boolean, Names.FUNCTION, ConstantDescs.CD_int, Names.INSTANCE))
                    .ifeq(others);
            signature.loadParams(code);
            code.aload(guest)
                    .invokevirtual(Names.FUNCTION, "index", MethodTypeDesc.of(ConstantDescs.CD_int))
                    .aload(instance)
                    .invokestatic(layout.calls(type), "dispatch", signature.with(ConstantDescs.CD_int, Names.INSTANCE));
            signature.giveBack(code);
            code.labelBinding(others)
                    .aload(guest)
                    .loadConstant(type)
                    .aload(instance)
                    .invokestatic(
                            Names.CROSSING,
                            "expected",
                            MethodTypeDesc.of(Names.FUNCTION, Names.FUNCTION, ConstantDescs.CD_int, Names.INSTANCE))
                    .pop();
            ForeignCalls.guest(code, signature, guest, instance);
        });
    }

    /** {@code ref.as_non_null}: a reference is on the JVM's stack, and stays there. */
    static void asNonNull(CodeBuilder code, Kind kind) {
        code.invokestatic(Names.CROSSING, "nonNull", MethodTypeDesc.of(kind.desc, kind.desc));
    }

    /** Jumps if the reference in {@code local} is null. */
    static void ifNull(CodeBuilder code, Kind kind, int local, Label target) {
        code.loadLocal(kind.jvm, local);
        if (kind.reference()) {
            code.ifnull(target);
        } else {
            code.iconst_m1().if_icmpeq(target);
        }
    }

    /** Jumps if it is not. */
    static void ifNonNull(CodeBuilder code, Kind kind, int local, Label target) {
        code.loadLocal(kind.jvm, local);
        if (kind.reference()) {
            code.ifnonnull(target);
        } else {
            code.iconst_m1().if_icmpne(target);
        }
    }
}

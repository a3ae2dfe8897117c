package dev.creel.codegen.emit;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** Calls out of an instance: of its imports, and of functions of other instances. */
final class ForeignCalls {
    private static final ClassDesc INT = ConstantDescs.CD_int;
    private static final ClassDesc HANDLE = ClassDesc.of("java.lang.invoke.MethodHandle");

    private ForeignCalls() {}

    /** Calls an import: directly if it is this engine's, else with raw bits. */
    static void imported(ClassBuilder builder, Layout layout, int function) {
        var signature = layout.ofFunction(function);
        builder.withMethodBody(Layout.method(function), signature.method(), Layout.STATIC, code -> {
            var instance = signature.slots();
            var guest = instance + 1;
            var host = code.newLabel();
            code.loadConstant(function)
                    .aload(instance)
                    .invokestatic(Names.CROSSING, "guest", MethodTypeDesc.of(Names.FUNCTION, INT, Names.INSTANCE))
                    .astore(guest)
                    .aload(guest)
                    .ifnull(host);
            guest(code, signature, guest, instance);
            code.labelBinding(host);
            pack(code, signature);
            code.loadConstant(function)
                    .aload(instance)
                    .invokestatic(
                            Names.CROSSING, "host", MethodTypeDesc.of(Names.LONGS, Names.LONGS, INT, Names.INSTANCE));
            unpack(code, signature, instance, guest + 1);
        });
    }

    /** Calls the function in local {@code guest} with the parameters, and returns what it does. */
    static void guest(CodeBuilder code, Signature signature, int guest, int instance) {
        var frames = guest + 1;
        var thrown = guest + 2;
        code.aload(guest)
                .invokevirtual(Names.FUNCTION, "owner", MethodTypeDesc.of(Names.INSTANCE))
                .getfield(Names.INSTANCE, "frames", INT)
                .istore(frames);
        var start = code.newBoundLabel();
        code.aload(guest).invokevirtual(Names.FUNCTION, "entry", MethodTypeDesc.of(HANDLE));
        signature.loadParams(code);
        code.aload(guest)
                .invokevirtual(Names.FUNCTION, "index", MethodTypeDesc.of(INT))
                .aload(guest)
                .invokevirtual(Names.FUNCTION, "owner", MethodTypeDesc.of(Names.INSTANCE))
                .invokevirtual(HANDLE, "invokeExact", signature.with(INT, Names.INSTANCE));
        if (signature.results().size() > 1) {
            code.aload(guest)
                    .aload(instance)
                    .loadConstant(signature.results().size())
                    .invokestatic(
                            Names.CROSSING,
                            "results",
                            MethodTypeDesc.of(ConstantDescs.CD_void, Names.FUNCTION, Names.INSTANCE, INT));
        }
        signature.giveBack(code);
        // An exception has ended functions of the other instance, which did not take their frames back.
        var handler = code.newBoundLabel();
        code.exceptionCatch(start, handler, handler, Names.THROWN)
                .astore(thrown)
                .aload(guest)
                .invokevirtual(Names.FUNCTION, "owner", MethodTypeDesc.of(Names.INSTANCE))
                .iload(frames)
                .putfield(Names.INSTANCE, "frames", INT)
                .aload(thrown)
                .athrow();
    }

    /** Parameters as raw bits in a new array on the stack. */
    private static void pack(CodeBuilder code, Signature signature) {
        code.loadConstant(Results.words(signature.params())).newarray(TypeKind.LONG);
        var slot = 0;
        var word = 0;
        for (var kind : signature.params()) {
            var local = slot;
            Results.into(code, kind, word, code::dup, () -> code.loadLocal(kind.jvm, local));
            slot += kind.jvm.slotSize();
            word += kind.words();
        }
    }

    /** Returns what is in an array on the stack. */
    private static void unpack(CodeBuilder code, Signature signature, int instance, int array) {
        code.astore(array);
        var results = signature.results();
        for (var i = 1; i < results.size(); i++) {
            var word = Results.words(results.subList(0, i));
            var kind = results.get(i);
            Results.put(
                    code, instance, i, kind, () -> Results.outOf(code, kind, word, instance, () -> code.aload(array)));
        }
        if (!results.isEmpty()) {
            Results.outOf(code, results.getFirst(), 0, instance, () -> code.aload(array));
        }
        signature.giveBack(code);
    }
}

package dev.creel.codegen.emit;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Tail calls in constant stack. A function that makes them is a method that may return with a call pending, and around it one that
 * does pending calls until there is none, which everybody else calls.
 */
record Trampolines(Layout layout) {
    private static final ClassDesc VOID = ConstantDescs.CD_void;
    private static final ClassDesc INT = ConstantDescs.CD_int;
    /** The first local for arguments. */
    private static final int SCRATCH = 20;

    /** The method of a function around that which may return with a call pending. */
    void function(ClassBuilder builder, int function) {
        var signature = layout.ofFunction(function);
        builder.withMethodBody(Layout.method(function), signature.method(), Layout.STATIC, code -> {
            var instance = signature.slots();
            var result = instance + 1;
            var again = code.newLabel();
            var done = code.newLabel();
            clear(code, instance);
            signature.loadParams(code);
            code.aload(instance)
                    .invokestatic(layout.owner(function), layout.tails().method(function), signature.method());
            store(code, signature, result);
            code.labelBinding(again);
            pending(code, instance, "type", ConstantDescs.CD_int).iflt(done).aload(instance);
            code.invokestatic(
                    layout.desc("B"), bounce(signature), MethodTypeDesc.of(signature.first(), Names.INSTANCE));
            store(code, signature, result);
            code.goto_(again).labelBinding(done);
            if (!signature.results().isEmpty()) {
                code.loadLocal(signature.results().getFirst().jvm, result);
            }
            signature.giveBack(code);
        });
    }

    private static void store(CodeBuilder code, Signature signature, int result) {
        if (!signature.results().isEmpty()) {
            code.storeLocal(signature.results().getFirst().jvm, result);
        }
    }

    /** Does what is pending: chooses by type. One method for each kind of first result. */
    void bounces(ClassBuilder builder) {
        var types = layout.tails().types();
        var names = new TreeSet<String>();
        for (var type : types) {
            var signature = layout.signature(type);
            if (names.add(bounce(signature))) {
                var same = types.stream()
                        .filter(other -> bounce(layout.signature(other)).equals(bounce(signature)))
                        .toList();
                builder.withMethodBody(
                        bounce(signature),
                        MethodTypeDesc.of(signature.first(), Names.INSTANCE),
                        Layout.STATIC,
                        code -> choose(code, signature, same));
            }
        }
    }

    private void choose(CodeBuilder code, Signature signature, List<Integer> types) {
        var cases = new ArrayList<SwitchCase>();
        types.forEach(type -> cases.add(SwitchCase.of(type, code.newLabel())));
        var none = code.newLabel();
        pending(code, 0, "type", ConstantDescs.CD_int).lookupswitch(none, cases);
        for (var one : cases) {
            code.labelBinding(one.target())
                    .aload(0)
                    .invokestatic(
                            layout.calls(one.caseValue()),
                            "bounce",
                            MethodTypeDesc.of(signature.first(), Names.INSTANCE));
            signature.giveBack(code);
        }
        code.labelBinding(none)
                .invokestatic(Names.TRAPS, "mismatch", MethodTypeDesc.of(Names.EXCEPTION))
                .athrow();
    }

    private static String bounce(Signature signature) {
        return "bounce"
                + (signature.results().isEmpty() ? "" : signature.results().getFirst());
    }

    /** Does what is pending, of one type. */
    void bounce(ClassBuilder builder, int type) {
        var signature = layout.signature(type);
        builder.withMethodBody("bounce", MethodTypeDesc.of(signature.first(), Names.INSTANCE), Layout.STATIC, code -> {
            clear(code, 0);
            for (var i = 0; i < signature.params().size(); i++) {
                var kind = signature.params().get(i);
                if (kind.reference()) {
                    pending(code, 0, "references", ConstantDescs.CD_Object.arrayType())
                            .loadConstant(i)
                            .aaload()
                            .checkcast(kind.desc);
                } else {
                    pending(code, 0, "bits", Names.LONGS).loadConstant(i).laload();
                    Results.fromBits(code, kind, 0);
                }
            }
            pending(code, 0, "target", ConstantDescs.CD_int).aload(0);
            pending(code, 0, "function", Names.FUNCTION)
                    .invokestatic(
                            layout.calls(type),
                            "bounced",
                            signature.with(ConstantDescs.CD_int, Names.INSTANCE, Names.FUNCTION));
            signature.giveBack(code);
        });
        builder.withMethodBody(
                "bounced",
                signature.with(ConstantDescs.CD_int, Names.INSTANCE, Names.FUNCTION),
                Layout.STATIC,
                code -> {
                    var target = signature.slots();
                    var instance = target + 1;
                    var guest = target + 2;
                    var own = code.newLabel();
                    code.aload(guest).ifnull(own);
                    ForeignCalls.guest(code, signature, guest, instance);
                    code.labelBinding(own);
                    signature.loadParams(code);
                    code.iload(target)
                            .aload(instance)
                            .invokestatic(
                                    layout.calls(type), "turn", signature.with(ConstantDescs.CD_int, Names.INSTANCE));
                    signature.giveBack(code);
                });
    }

    /** Makes a call of a function pending; parameters are on the JVM's stack. */
    void direct(CodeBuilder code, Operands operands, int instance, int target) {
        var type = layout.functions()[target];
        var params = layout.signature(type).params();
        begin(code, operands, instance, params);
        code.loadConstant(target)
                .loadConstant(type)
                .loadConstant(params.size())
                .invokevirtual(Names.PENDING, "direct", MethodTypeDesc.of(VOID, INT, INT, INT));
        arguments(code, operands, instance, params);
    }

    /** The same of what is at an index of a table that {@code table} loads; the index is on the stack, too. */
    void indirect(CodeBuilder code, Operands operands, int instance, int type, Runnable table) {
        var params = layout.signature(type).params();
        var index = operands.scratch(SCRATCH - 1, Kind.I32);
        code.istore(index);
        begin(code, operands, instance, params);
        code.iload(index);
        table.run();
        code.loadConstant(type)
                .loadConstant(params.size())
                .aload(instance)
                .invokevirtual(
                        Names.PENDING, "indirect", MethodTypeDesc.of(VOID, INT, Names.TABLE, INT, INT, Names.INSTANCE));
        arguments(code, operands, instance, params);
    }

    /** The same of a reference, which is on the stack, too. */
    void reference(CodeBuilder code, Operands operands, int instance, int type) {
        var params = layout.signature(type).params();
        var reference = operands.scratch(SCRATCH - 1, Kind.FUNC);
        code.astore(reference);
        begin(code, operands, instance, params);
        code.aload(reference)
                .loadConstant(type)
                .loadConstant(params.size())
                .aload(instance)
                .invokevirtual(
                        Names.PENDING, "reference", MethodTypeDesc.of(VOID, Names.FUNCTION, INT, INT, Names.INSTANCE));
        arguments(code, operands, instance, params);
    }

    private static void begin(CodeBuilder code, Operands operands, int instance, List<Kind> params) {
        for (var i = params.size() - 1; i >= 0; i--) {
            code.storeLocal(params.get(i).jvm, operands.scratch(SCRATCH + i, params.get(i)));
        }
        code.aload(instance).getfield(Names.INSTANCE, "pending", Names.PENDING);
    }

    private static void arguments(CodeBuilder code, Operands operands, int instance, List<Kind> params) {
        for (var i = 0; i < params.size(); i++) {
            var kind = params.get(i);
            var value = operands.scratch(SCRATCH + i, kind);
            if (kind.reference()) {
                pending(code, instance, "references", ConstantDescs.CD_Object.arrayType())
                        .loadConstant(i)
                        .loadLocal(kind.jvm, value)
                        .aastore();
            } else {
                pending(code, instance, "bits", Names.LONGS).loadConstant(i).loadLocal(kind.jvm, value);
                Results.toBits(code, kind);
                code.lastore();
            }
        }
    }

    private static CodeBuilder pending(CodeBuilder code, int instance, String field, ClassDesc type) {
        return code.aload(instance)
                .getfield(Names.INSTANCE, "pending", Names.PENDING)
                .getfield(Names.PENDING, field, type);
    }

    private static void clear(CodeBuilder code, int instance) {
        code.aload(instance)
                .getfield(Names.INSTANCE, "pending", Names.PENDING)
                .iconst_m1()
                .putfield(Names.PENDING, "type", ConstantDescs.CD_int);
    }
}

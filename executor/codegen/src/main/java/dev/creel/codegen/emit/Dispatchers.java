package dev.creel.codegen.emit;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/** Calls by number, of functions of one type each: from tables, from other instances, from the host. */
record Dispatchers(Layout layout) {
    private static final ClassDesc INT = ConstantDescs.CD_int;
    /** Functions in one switch. */
    private static final int CHUNK = 128;

    /** What chooses among functions that may return with a call pending. */
    private static final String TURN = "turn";

    /** Writes the class of a type. */
    void write(ClassFiles classes, int type) {
        var signature = layout.signature(type);
        var candidates = layout.candidates(type);
        classes.write(layout.calls(type), builder -> {
            builder.withMethodBody(
                    "indirect",
                    signature.with(INT, Names.TABLE, Names.INSTANCE),
                    Layout.STATIC,
                    code -> indirect(code, signature, type));
            dispatchers(builder, signature, candidates, type, "dispatch");
            if (layout.tails().isType(type)) {
                dispatchers(builder, signature, layout.tails().candidates(type, layout), type, TURN);
                new Trampolines(layout).bounce(builder, type);
            }
            if (layout.references().isCalled(type)) {
                References.caller(builder, layout, type);
            }
            builder.withMethodBody(
                    "enter",
                    MethodTypeDesc.of(Names.LONGS, INT, Names.LONGS, Names.INSTANCE),
                    Layout.STATIC,
                    code -> enter(code, signature, type));
        });
    }

    private void indirect(CodeBuilder code, Signature signature, int type) {
        var index = signature.slots();
        var table = index + 1;
        var instance = index + 2;
        var target = index + 3;
        var guest = index + 4;
        var own = code.newLabel();
        code.aload(table)
                .iload(index)
                .invokevirtual(Names.TABLE, "target", MethodTypeDesc.of(INT, INT))
                .istore(target)
                .aload(table)
                .iload(index)
                .aload(instance)
                .invokevirtual(Names.TABLE, "foreign", MethodTypeDesc.of(Names.FUNCTION, INT, Names.INSTANCE))
                .astore(guest)
                .aload(guest)
                .ifnull(own)
                .aload(guest)
                .loadConstant(type)
                .aload(instance)
                .invokestatic(
                        Names.CROSSING,
                        "expected",
                        MethodTypeDesc.of(Names.FUNCTION, Names.FUNCTION, INT, Names.INSTANCE))
                .pop();
        ForeignCalls.guest(code, signature, guest, instance);
        code.labelBinding(own);
        signature.loadParams(code);
        code.iload(target)
                .aload(instance)
                .invokestatic(layout.calls(type), "dispatch", signature.with(INT, Names.INSTANCE));
        signature.giveBack(code);
    }

    /** A switch over the functions of a type; over switches if there are many. */
    private void dispatchers(
            ClassBuilder builder, Signature signature, List<Integer> candidates, int type, String name) {
        var chunks = new ArrayList<List<Integer>>();
        for (var from = 0; from < candidates.size(); from += CHUNK) {
            chunks.add(candidates.subList(from, Math.min(from + CHUNK, candidates.size())));
        }
        var method = signature.with(INT, Names.INSTANCE);
        if (chunks.size() <= 1) {
            builder.withMethodBody(name, method, Layout.STATIC, code -> dispatch(code, signature, candidates, name));
            return;
        }
        builder.withMethodBody(
                name, method, Layout.STATIC, code -> choose(code, signature, chunks, 0, chunks.size(), type, name));
        for (var i = 0; i < chunks.size(); i++) {
            var chunk = chunks.get(i);
            builder.withMethodBody(name + i, method, Layout.STATIC, code -> dispatch(code, signature, chunk, name));
        }
    }

    /** Halves the chunks until one is left. */
    private void choose(
            CodeBuilder code,
            Signature signature,
            List<List<Integer>> chunks,
            int from,
            int to,
            int type,
            String name) {
        var target = signature.slots();
        if (to - from == 1) {
            signature.loadParams(code);
            code.iload(target)
                    .aload(target + 1)
                    .invokestatic(layout.calls(type), name + from, signature.with(INT, Names.INSTANCE));
            signature.giveBack(code);
            return;
        }
        var middle = (from + to) / 2;
        var upper = code.newLabel();
        code.iload(target).loadConstant(chunks.get(middle).getFirst()).if_icmpge(upper);
        choose(code, signature, chunks, from, middle, type, name);
        code.labelBinding(upper);
        choose(code, signature, chunks, middle, to, type, name);
    }

    private void dispatch(CodeBuilder code, Signature signature, List<Integer> candidates, String name) {
        var target = signature.slots();
        var none = code.newLabel();
        if (!candidates.isEmpty()) {
            var cases = candidates.stream()
                    .map(function -> SwitchCase.of(function, code.newLabel()))
                    .toList();
            code.iload(target).lookupswitch(none, cases);
            for (var one : cases) {
                code.labelBinding(one.target());
                signature.loadParams(code);
                var function = one.caseValue();
                var method = name.equals(TURN) ? layout.tails().method(function) : Layout.method(function);
                code.aload(target + 1).invokestatic(layout.owner(function), method, signature.method());
                signature.giveBack(code);
            }
        }
        code.labelBinding(none)
                .invokestatic(Names.TRAPS, "mismatch", MethodTypeDesc.of(Names.EXCEPTION))
                .athrow();
    }

    /** From the host: function, raw bits, instance. */
    private void enter(CodeBuilder code, Signature signature, int type) {
        var params = signature.params();
        for (var i = 0; i < params.size(); i++) {
            Results.outOf(code, params.get(i), Results.words(params.subList(0, i)), 2, () -> code.aload(1));
        }
        code.iload(0).aload(2).invokestatic(layout.calls(type), "dispatch", signature.with(INT, Names.INSTANCE));
        var results = signature.results();
        var array = 3;
        var first = 4;
        if (!results.isEmpty()) {
            code.storeLocal(results.getFirst().jvm, first);
        }
        code.loadConstant(Results.words(results)).newarray(TypeKind.LONG).astore(array);
        for (var i = 0; i < results.size(); i++) {
            var index = i;
            var kind = results.get(i);
            Results.into(code, kind, Results.words(results.subList(0, i)), () -> code.aload(array), () -> {
                if (index == 0) {
                    code.loadLocal(kind.jvm, first);
                } else {
                    Results.take(code, 2, index, kind);
                }
            });
        }
        code.aload(array).areturn();
    }
}

package dev.creel.codegen.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** Calls of functions, and tail calls, behind which the method has been left. */
final class Calls {
    /** Functions of a type up to which a call switches over them itself. */
    private static final int FEW = 20;

    private final Method method;
    private final Layout layout;
    private final CodeBuilder code;
    private final Operands operands;
    private final int instance;
    private final Exits exits;
    private final Memories memories;
    private final Tables tables;

    Calls(Method method, Exits exits, Memories memories, Tables tables) {
        this.method = method;
        this.layout = method.layout;
        this.code = method.code;
        this.operands = method.operands;
        this.instance = method.instance;
        this.exits = exits;
        this.memories = memories;
        this.tables = tables;
    }

    /** {@code call}. */
    void direct(int target) {
        var signature = layout.ofFunction(target);
        operands.need(signature.params().size());
        invoke(target, signature);
        called(signature, signature.params().size());
    }

    /** {@code call_indirect} of the function at an index of a table. */
    void indirect(int type, int table) {
        var signature = layout.signature(type);
        operands.need(signature.params().size() + 1);
        choose(type, table);
        called(signature, signature.params().size() + 1);
    }

    /** {@code call_ref}. */
    void reference(int type) {
        var signature = layout.signature(type);
        operands.need(signature.params().size() + 1);
        References.call(code, layout, type, instance);
        called(signature, signature.params().size() + 1);
    }

    /** {@code return_call}: a function that ends in itself begins again. */
    void lastDirect(int target) {
        var params = layout.ofFunction(target).params();
        operands.need(params.size());
        if (target != method.function.function || !method.whole) {
            new Trampolines(layout).direct(code, operands, instance, target);
            exits.leave();
            return;
        }
        for (var i = params.size() - 1; i >= 0; i--) {
            code.storeLocal(params.get(i).jvm, method.local(i));
        }
        method.zeroLocals();
        code.goto_(method.start);
    }

    /** {@code return_call_indirect}. */
    void lastIndirect(int type, int table) {
        operands.need(layout.signature(type).params().size() + 1);
        new Trampolines(layout).indirect(code, operands, instance, type, () -> tables.table(table));
        exits.leave();
    }

    /** {@code return_call_ref}. */
    void lastReference(int type) {
        operands.need(layout.signature(type).params().size() + 1);
        new Trampolines(layout).reference(code, operands, instance, type);
        exits.leave();
    }

    /**
     * Parameters and an index into a table are on the JVM's stack. Functions of a type that few have are called from a switch right here,
     * where HotSpot sees which of them it is most of the time.
     */
    private void choose(int type, int table) {
        var signature = layout.signature(type);
        var candidates = layout.candidates(type);
        var few = !candidates.isEmpty() && candidates.size() <= FEW;
        var index = operands.scratch(1, Kind.I32);
        var behind = code.newLabel();
        if (few) {
            code.istore(index);
            tables.table(table);
            code.iload(index)
                    .aload(instance)
                    .invokevirtual(
                            Names.TABLE,
                            "own",
                            MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, Names.INSTANCE));
            var others = code.newLabel();
            var cases = candidates.stream()
                    .map(function -> SwitchCase.of(function, code.newLabel()))
                    .toList();
            code.lookupswitch(others, cases);
            for (var one : cases) {
                code.labelBinding(one.target());
                invoke(one.caseValue(), signature);
                code.goto_(behind);
            }
            code.labelBinding(others).iload(index);
        }
        tables.table(table);
        code.aload(instance)
                .invokestatic(
                        layout.calls(type),
                        "indirect",
                        signature.with(ConstantDescs.CD_int, Names.TABLE, Names.INSTANCE))
                .labelBinding(behind);
    }

    private void invoke(int target, Signature signature) {
        code.aload(instance).invokestatic(layout.owner(target), Layout.method(target), signature.method());
    }

    /** The first result is on the JVM's stack, the others in the instance; a memory may have grown. */
    private void called(Signature signature, int popped) {
        operands.popped(popped);
        var results = signature.results();
        for (var i = 0; i < results.size(); i++) {
            if (i > 0) {
                Results.take(code, instance, i, results.get(i));
            }
            operands.push(results.get(i));
        }
        memories.load();
    }
}

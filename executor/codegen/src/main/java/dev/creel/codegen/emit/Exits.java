package dev.creel.codegen.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The ways out of a method. Those that several of its places take are written once, behind its instructions. */
final class Exits {
    private final Method method;
    private final FrameCopies copies;
    private final FunctionEmitter function;
    private final CodeBuilder code;
    private final Operands operands;
    /** Where a range returns a number. */
    private final Map<Integer, Label> numbers = new TreeMap<>();

    private @Nullable Label passing;

    Exits(Method method, FrameCopies copies) {
        this.method = method;
        this.copies = copies;
        this.function = method.function;
        this.code = method.code;
        this.operands = method.operands;
    }

    /** Returns from the function. */
    void giveBack() {
        var results = function.signature.results();
        operands.need(results.size());
        for (var i = results.size() - 1; i > 0; i--) {
            var kind = results.get(i);
            var value = operands.scratch(2, kind);
            code.storeLocal(kind.jvm, value);
            Results.put(code, method.instance, i, kind, () -> code.loadLocal(kind.jvm, value));
        }
        withoutFrame();
        code.return_(results.isEmpty() ? TypeKind.VOID : results.getFirst().jvm);
        operands.inLocals();
    }

    /** Returns with a call pending; the result is none. */
    void leave() {
        if (!method.whole) {
            with(Splits.TAIL, List.of(), 0);
            return;
        }
        withoutFrame();
        var results = function.signature.results();
        if (results.isEmpty()) {
            code.return_();
        } else {
            method.zero(results.getFirst());
            code.return_(results.getFirst().jvm);
        }
    }

    private void withoutFrame() {
        if (function.hasFrame()) {
            code.aload(method.instance).iload(method.frames).putfield(Names.INSTANCE, "frames", ConstantDescs.CD_int);
        }
    }

    /** Returns from a range with a number, and with operands from {@code height} on. */
    void with(int number, List<Kind> carried, int height) {
        for (var i = 0; i < carried.size(); i++) {
            copies.toFrame(height + i, carried.get(i));
        }
        code.goto_(numbers.computeIfAbsent(number, wanted -> code.newLabel()));
    }

    /** Where a range hands on what another has returned to it. */
    Label passing() {
        var label = passing;
        if (label == null) {
            label = code.newLabel();
            passing = label;
        }
        return label;
    }

    boolean isPassing(Label label) {
        return label == passing;
    }

    /** Looks whether something is wanted of the guest. The JVM's stack is empty. */
    void poll() {
        code.aload(method.instance)
                .invokestatic(Names.TRAPS, "poll", MethodTypeDesc.of(ConstantDescs.CD_void, Names.INSTANCE));
    }

    /** What several places of the method jump to. */
    void tails() {
        numbers.forEach((number, label) -> {
            code.labelBinding(label);
            copies.storeLocals(method.written);
            code.loadConstant(number).ireturn();
        });
        if (passing != null) {
            code.labelBinding(passing);
            copies.storeLocals(method.written);
            code.iload(method.outcome).ireturn();
        }
    }
}

package dev.creel.codegen.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** Instructions on tables, but for calls through them. */
final class Tables {
    private static final ClassDesc INT = ConstantDescs.CD_int;
    private static final ClassDesc VOID = ConstantDescs.CD_void;
    /** The first local for arguments. */
    private static final int SCRATCH = 3;

    private final Layout layout;
    private final CodeBuilder code;
    private final Operands operands;
    private final int instance;

    Tables(Method method) {
        this.layout = method.layout;
        this.code = method.code;
        this.operands = method.operands;
        this.instance = method.instance;
    }

    /** Puts a table onto the JVM's stack. */
    void table(int index) {
        if (index == 0) {
            code.aload(instance).getfield(Names.INSTANCE, "table", Names.TABLE);
        } else {
            code.aload(instance)
                    .getfield(Names.INSTANCE, "tables", Names.TABLE.arrayType())
                    .loadConstant(index)
                    .aaload();
        }
    }

    /** {@code table.get}. */
    void element(int index) {
        var kind = layout.table(index);
        operands.need(1);
        table(index);
        code.swap()
                .invokevirtual(
                        Names.TABLE, kind == Kind.FUNC ? "function" : "external", MethodTypeDesc.of(kind.desc, INT));
        operands.popped(1);
        operands.push(kind);
    }

    /** {@code table.set}. */
    void set(int index) {
        var kind = layout.table(index);
        var name = kind == Kind.FUNC ? "setFunction" : "setExternal";
        call(index, name, MethodTypeDesc.of(VOID, INT, kind.desc));
    }

    /** {@code table.fill}. */
    void fill(int index) {
        var kind = layout.table(index);
        var name = kind == Kind.FUNC ? "fillFunctions" : "fillExternals";
        call(index, name, MethodTypeDesc.of(VOID, INT, kind.desc, INT));
    }

    /** {@code table.grow}. */
    void grow(int index) {
        var kind = layout.table(index);
        var name = kind == Kind.FUNC ? "growFunctions" : "growExternals";
        call(index, name, MethodTypeDesc.of(INT, kind.desc, INT));
        operands.push(Kind.I32);
    }

    /** {@code table.size}. */
    void size(int index) {
        table(index);
        code.invokevirtual(Names.TABLE, "size", MethodTypeDesc.of(INT));
        operands.push(Kind.I32);
    }

    /** {@code table.copy}. */
    void copy(int to, int from) {
        operands.need(3);
        table(to);
        table(from);
        bulk("copy", Names.TABLE, Names.TABLE);
    }

    /** {@code table.init}. */
    void init(int index, int segment) {
        operands.need(3);
        table(index);
        code.aload(instance)
                .getfield(Names.INSTANCE, "elements", Names.ELEMENTS.arrayType())
                .loadConstant(segment)
                .aaload();
        bulk("init", Names.TABLE, Names.ELEMENTS);
    }

    /** Three numbers are on the JVM's stack, and what they are for. */
    private void bulk(String name, ClassDesc... loaded) {
        code.invokestatic(
                Names.TABLE, name, MethodTypeDesc.of(VOID, INT, INT, INT).insertParameterTypes(3, loaded));
        operands.popped(3);
    }

    /** Calls a table with what is on the stack. */
    private void call(int table, String name, MethodTypeDesc type) {
        var count = type.parameterCount();
        operands.need(count);
        var first = operands.size() - count;
        var values = new int[count];
        for (var i = count - 1; i >= 0; i--) {
            var kind = operands.kind(first + i);
            values[i] = operands.scratch(SCRATCH + i, kind);
            code.storeLocal(kind.jvm, values[i]);
        }
        table(table);
        for (var i = 0; i < count; i++) {
            code.loadLocal(operands.kind(first + i).jvm, values[i]);
        }
        code.invokevirtual(Names.TABLE, name, type);
        operands.popped(count);
    }
}

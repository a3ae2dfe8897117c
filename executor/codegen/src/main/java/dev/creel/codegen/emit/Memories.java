package dev.creel.codegen.emit;

import com.dylibso.chicory.wasm.types.Instruction;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** Accesses to memories, and what works on all of one. Locals keep what is known of the first: its array and its size. */
final class Memories {
    private static final ClassDesc INT = ConstantDescs.CD_int;
    private static final ClassDesc VOID = ConstantDescs.CD_void;

    /** The number of the locals of the first. */
    private static final int FIRST = -1;

    private final Method method;
    private final Layout layout;
    private final CodeBuilder code;
    private final Operands operands;
    /** Whether accesses are written out: HotSpot stops inlining them in a method with very many. */
    private final boolean inline;

    Memories(Method method) {
        this.method = method;
        this.layout = method.layout;
        this.code = method.code;
        this.operands = method.operands;
        this.inline = method.function.splits.dispatches(method.from, method.to);
    }

    /** Behind whatever may have made the first grow: reads the locals anew, in a function that uses them. */
    void load() {
        if (method.function.usesMemory) {
            reload();
        }
    }

    private void reload() {
        memory(0);
        if (!layout.exact()) {
            code.dup().getfield(Names.MEMORY, "size", INT).istore(size());
        }
        code.getfield(Names.MEMORY, "bytes", Names.BYTES).astore(array());
    }

    /** The local of the first memory's array. */
    private int array() {
        return operands.scratch(FIRST, Kind.FUNC);
    }

    /** The local of the first memory's size. */
    private int size() {
        return operands.scratch(FIRST, Kind.I32);
    }

    /** Loads and stores of numbers. */
    void access(Accesses.Access access, Instruction instruction) {
        var count = access.store() ? 2 : 1;
        operands.need(count);
        var place = place((int) instruction.operand(2), instruction.operand(1));
        if (inline) {
            Accesses.emit(access, place, code, operands);
        } else {
            Accesses.call(access, place, code, operands);
        }
        operands.popped(count);
        if (!access.store()) {
            operands.push(access.value());
        }
    }

    private Accesses.Place place(int index, long offset) {
        var least = layout.leastBytes(index);
        var exact = layout.exact();
        return index == 0
                ? new Accesses.Place(offset, least, exact, at -> at.aload(array()), at -> at.iload(size()))
                : new Accesses.Place(offset, least, exact, at -> bytes(index), at -> size(index));
    }

    private void bytes(int index) {
        memory(index);
        code.getfield(Names.MEMORY, "bytes", Names.BYTES);
    }

    private void size(int index) {
        memory(index);
        code.getfield(Names.MEMORY, "size", INT);
    }

    /** Puts a memory onto the JVM's stack. */
    void memory(int index) {
        if (index == 0) {
            code.aload(method.instance).getfield(Names.INSTANCE, "memory", Names.MEMORY);
        } else {
            code.aload(method.instance)
                    .getfield(Names.INSTANCE, "memories", Names.MEMORY.arrayType())
                    .loadConstant(index)
                    .aaload();
        }
    }

    /** {@code memory.size}. */
    void pages(int index) {
        memory(index);
        code.invokevirtual(Names.MEMORY, "pages", MethodTypeDesc.of(INT));
        operands.push(Kind.I32);
    }

    /** {@code memory.grow}. */
    void grow(int index) {
        operands.need(1);
        memory(index);
        code.swap().invokevirtual(Names.MEMORY, "grow", MethodTypeDesc.of(INT, INT));
        operands.popped(1);
        operands.push(Kind.I32);
        reload();
    }

    /** {@code memory.fill}. */
    void fill(int index) {
        operands.need(3);
        memory(index);
        bulk("fill", Names.MEMORY);
    }

    /** {@code memory.copy}. */
    void copy(int to, int from) {
        operands.need(3);
        memory(to);
        memory(from);
        bulk("copy", Names.MEMORY, Names.MEMORY);
    }

    /** {@code memory.init}. */
    void init(int index, int segment) {
        operands.need(3);
        memory(index);
        code.aload(method.instance)
                .getfield(Names.INSTANCE, "data", Names.BYTES.arrayType())
                .loadConstant(segment)
                .aaload();
        bulk("init", Names.MEMORY, Names.BYTES);
    }

    /** Three numbers are on the JVM's stack, and what they are for. */
    private void bulk(String name, ClassDesc... loaded) {
        code.invokestatic(
                Names.MEMORY, name, MethodTypeDesc.of(VOID, INT, INT, INT).insertParameterTypes(3, loaded));
        operands.popped(3);
    }
}

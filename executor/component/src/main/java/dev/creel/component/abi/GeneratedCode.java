package dev.creel.component.abi;

import dev.creel.component.abi.CodeWriter.Place;
import dev.creel.component.abi.ShapeTable.Use;
import dev.creel.component.plan.StringEncoding;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes the code of one signature, for one direction and encoding. What is too large for a class has none: the caller takes the
 * reference implementation. Thread-safe.
 */
final class GeneratedCode {
    private static final MethodTypeDesc LIFT_PARAMS =
            MethodTypeDesc.of(CodeWriter.OBJECTS, CodeWriter.FRAME, CodeWriter.LONGS);
    private static final MethodTypeDesc LOWER_RESULT =
            MethodTypeDesc.of(CodeWriter.LONGS, CodeWriter.FRAME, CodeWriter.LONGS, CodeWriter.OBJECT);
    private static final MethodTypeDesc LOWER_PARAMS =
            MethodTypeDesc.of(CodeWriter.LONGS, CodeWriter.FRAME, CodeWriter.OBJECTS);
    private static final MethodTypeDesc LIFT_RESULT =
            MethodTypeDesc.of(CodeWriter.OBJECT, CodeWriter.FRAME, CodeWriter.LONGS);
    private static final MethodTypeDesc FUSE_PARAMS =
            MethodTypeDesc.of(CodeWriter.LONGS, CodeWriter.FRAME, CodeWriter.FRAME, CodeWriter.LONGS);
    private static final MethodTypeDesc FUSE_RESULT =
            MethodTypeDesc.of(CodeWriter.LONGS, CodeWriter.FRAME, CodeWriter.FRAME, CodeWriter.LONGS, CodeWriter.LONGS);

    private final Signature signature;
    private final ShapeTable table = new ShapeTable();
    private final List<Use> params;
    private final List<Use> result;

    private GeneratedCode(Signature signature) {
        this.signature = signature;
        table.number(signature.params);
        this.params = table.uses(List.of(new Use(signature.params, signature.flatParams)));
        if (signature.result == null) {
            this.result = List.of();
        } else {
            table.number(signature.result);
            this.result = table.uses(List.of(new Use(signature.result, signature.flatResult)));
        }
    }

    /** For an import that the host answers. */
    static Optional<ImportCode> imported(Signature signature, StringEncoding encoding) {
        var code = new GeneratedCode(signature);
        return code.made(ImportCode.class, "import " + encoding, (self, c) -> code.imported(self, c, encoding));
    }

    /** For an export that the host calls. */
    static Optional<ExportCode> exported(Signature signature, StringEncoding encoding) {
        var code = new GeneratedCode(signature);
        return code.made(ExportCode.class, "export " + encoding, (self, c) -> code.exported(self, c, encoding));
    }

    /** For calls of a guest with the one encoding to a guest with the other. */
    static Optional<FusedCode> fused(Signature signature, StringEncoding caller, StringEncoding callee) {
        var code = new GeneratedCode(signature);
        return code.made(
                FusedCode.class, "fused " + caller + " " + callee, (self, c) -> code.fused(self, c, caller, callee));
    }

    private <T> Optional<T> made(Class<T> kind, String direction, GeneratedClasses.Body body) {
        var all = new ArrayList<>(params);
        all.addAll(result);
        if (!table.fits(all)) {
            return Optional.empty();
        }
        var key = direction + " " + table.number(signature.params) + " "
                + (signature.result == null ? "-" : table.number(signature.result)) + "\n" + table.text();
        return Optional.of(GeneratedClasses.of(key, kind, body).make(signature, table.resources()));
    }

    private void imported(ClassDesc self, ClassBuilder c, StringEncoding encoding) {
        var lift = new LiftWriter(self, table, encoding);
        lift.methods(c, params);
        method(c, "lift", LIFT_PARAMS, b -> {
            lifted(b, lift, signature.params, signature.flatParams);
            b.checkcast(CodeWriter.OBJECTS).areturn();
        });
        var lower = new LowerWriter(self, table, encoding);
        lower.methods(c, result);
        method(c, "lower", LOWER_RESULT, b -> {
            var shape = signature.result;
            if (shape == null) {
                b.aconst_null().areturn();
                return;
            }
            lower.start();
            if (signature.flatResult) {
                slots(b, 1, 4, 5);
                lower.put(b, shape, new Place(true, 4, 5, 0), () -> b.aload(3));
            } else {
                b.aload(1);
                pointer(b, 2, signature.loweredParams() - 1, shape);
                b.istore(5);
                lower.put(b, shape, new Place(false, 4, 5, 0), () -> b.aload(3));
                b.iconst_0().newarray(TypeKind.LONG).astore(4);
            }
            b.aload(4).areturn();
        });
    }

    private void exported(ClassDesc self, ClassBuilder c, StringEncoding encoding) {
        var lower = new LowerWriter(self, table, encoding);
        lower.methods(c, params);
        method(c, "lower", LOWER_PARAMS, b -> {
            var shape = signature.params;
            lower.start();
            if (signature.flatParams) {
                slots(b, shape.slots(), 3, 4);
                lower.put(b, shape, new Place(true, 3, 4, 0), () -> b.aload(2));
                b.aload(3).areturn();
            } else {
                allocated(b, 1, shape);
                b.istore(4);
                lower.put(b, shape, new Place(false, 3, 4, 0), () -> b.aload(2));
                single(b, 4);
            }
        });
        var lift = new LiftWriter(self, table, encoding);
        lift.methods(c, result);
        method(c, "lift", LIFT_RESULT, b -> {
            if (signature.result == null) {
                b.aconst_null();
            } else {
                lifted(b, lift, signature.result, signature.flatResult);
            }
            b.areturn();
        });
    }

    private void fused(ClassDesc self, ClassBuilder c, StringEncoding caller, StringEncoding callee) {
        var there = new FuseWriter(self, table, "there", caller, callee);
        there.methods(c, params);
        method(c, "params", FUSE_PARAMS, b -> {
            var shape = signature.params;
            there.start();
            if (signature.flatParams) {
                slots(b, shape.slots(), 4, 5);
                there.move(b, shape, new Place(true, 3, 5, 0), new Place(true, 4, 5, 0));
                b.aload(4).areturn();
            } else {
                source(b, 3, shape);
                allocated(b, 2, shape);
                b.istore(7);
                there.move(b, shape, new Place(false, 5, 6, 0), new Place(false, 8, 7, 0));
                single(b, 7);
            }
        });
        var back = new FuseWriter(self, table, "back", callee, caller);
        back.methods(c, result);
        method(c, "result", FUSE_RESULT, b -> {
            var shape = signature.result;
            if (shape == null) {
                b.aconst_null().areturn();
                return;
            }
            back.start();
            if (signature.flatResult) {
                // Local variables 3 and 4 hold both functions' slots.
                slots(b, 1, 5, 6);
                back.move(b, shape, new Place(true, 3, 6, 0), new Place(true, 5, 6, 0));
                b.aload(5).areturn();
            } else {
                source(b, 3, shape);
                b.aload(2);
                pointer(b, 4, signature.loweredParams() - 1, shape);
                b.istore(7);
                back.move(b, shape, new Place(false, 5, 6, 0), new Place(false, 8, 7, 0));
                b.iconst_0().newarray(TypeKind.LONG).areturn();
            }
        });
    }

    private static void method(
            ClassBuilder c, String name, MethodTypeDesc type, java.util.function.Consumer<CodeBuilder> body) {
        c.withMethodBody(name, type, java.lang.classfile.ClassFile.ACC_FINAL, body);
    }

    /** Leaves the value that the slots in local variable 2 are or point to; the frame is 1. */
    private static void lifted(CodeBuilder b, LiftWriter lift, Shape shape, boolean flat) {
        if (flat) {
            b.iconst_0().istore(3);
            lift.value(b, shape, new Place(true, 2, 3, 0));
        } else {
            b.aload(1);
            pointer(b, 2, 0, shape);
            b.istore(3);
            b.aload(1);
            CodeWriter.call(b, Frame.class, "bytes");
            b.astore(4);
            lift.value(b, shape, new Place(false, 4, 3, 0));
        }
    }

    /** Checks where slot 0 of local variable {@code slots} points for frame 1: bytes to 5, position to 6. */
    private static void source(CodeBuilder b, int slots, Shape shape) {
        b.aload(1);
        pointer(b, slots, 0, shape);
        b.istore(6);
        b.aload(1);
        CodeWriter.call(b, Frame.class, "bytes");
        b.astore(5);
    }

    /** With a frame on the stack: leaves the address in a slot, checked. */
    private static void pointer(CodeBuilder b, int slots, int index, Shape shape) {
        b.aload(slots).loadConstant(index).laload();
        b.loadConstant(shape.align).loadConstant(shape.size);
        CodeWriter.call(b, Frame.class, "pointer");
    }

    /** Leaves the address of new room for {@code shape}. */
    private static void allocated(CodeBuilder b, int frame, Shape shape) {
        b.aload(frame).loadConstant(shape.align).loadConstant(shape.size);
        CodeWriter.call(b, Frame.class, "allocate");
    }

    /** New slots, and position 0 in them. */
    private static void slots(CodeBuilder b, int count, int slots, int position) {
        b.loadConstant(count).newarray(TypeKind.LONG).astore(slots);
        b.iconst_0().istore(position);
    }

    /** Returns the address in local variable {@code address} as the only slot. */
    private static void single(CodeBuilder b, int address) {
        b.iconst_1().newarray(TypeKind.LONG).dup().iconst_0().iload(address);
        CodeWriter.call(b, Lists.class, "slot");
        b.lastore().areturn();
    }
}

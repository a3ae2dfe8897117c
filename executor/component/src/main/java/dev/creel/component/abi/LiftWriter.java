package dev.creel.component.abi;

import dev.creel.component.plan.StringEncoding;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** Writes methods that make Java values of what a guest has. The guest does not run meanwhile, so its memory stays where it is. */
final class LiftWriter extends CodeWriter {
    private static final int FROM = 1;
    private static final MethodTypeDesc LOAD = MethodTypeDesc.of(OBJECT, FRAME, BYTES, INT);
    private static final MethodTypeDesc LIFT = MethodTypeDesc.of(OBJECT, FRAME, LONGS, INT);
    private static final MethodTypeDesc LIST = MethodTypeDesc.of(OBJECT, FRAME, INT, INT);

    private final StringEncoding encoding;

    LiftWriter(ClassDesc self, ShapeTable table, StringEncoding encoding) {
        this.encoding = encoding;
        super(self, table);
    }

    private String name(Shape shape, boolean flat) {
        return (flat ? "lift" : "load") + table.number(shape);
    }

    /** Leaves the value at {@code place} on the stack. */
    void value(CodeBuilder b, Shape shape, Place place) {
        switch (shape) {
            case Scalar scalar -> {
                bits(b, place, scalar.size);
                call(b, Boxes.class, "lift" + named(scalar));
            }
            case FlagsShape flags -> {
                bits(b, place, flags.size);
                b.loadConstant(flags.mask);
                call(b, Boxes.class, "liftFlags");
            }
            case HandleShape handle -> {
                b.aload(FROM);
                bits(b, place, 4);
                resource(b, handle);
                call(b, HandleShape.class, "take");
            }
            case StringShape string -> {
                b.aload(FROM);
                pair(b, place);
                call(b, Strings.class, "read" + Strings.named(encoding));
            }
            case BytesShape bytes -> {
                b.aload(FROM);
                pair(b, place);
                call(b, Lists.class, "readBytes");
            }
            case ListShape list -> {
                b.aload(0).aload(FROM);
                pair(b, place);
                own(b, "list" + table.number(list), LIST);
            }
            case RecordShape record -> method(b, record, place);
            case VariantShape variant -> method(b, variant, place);
        }
    }

    private void method(CodeBuilder b, Shape shape, Place place) {
        b.aload(0).aload(FROM).aload(place.source());
        position(b, place);
        own(b, name(shape, place.flat()), place.flat() ? LIFT : LOAD);
    }

    @Override
    void recordMethod(ClassBuilder c, RecordShape shape, boolean flat) {
        var place = new Place(flat, 2, 3, 0);
        method(c, name(shape, flat), flat ? LIFT : LOAD, b -> {
            b.loadConstant(shape.fields.length).anewarray(OBJECT);
            for (int i = 0; i < shape.fields.length; i++) {
                b.dup().loadConstant(i);
                value(b, shape.fields[i], place.plus(offset(shape, i, flat)));
                b.aastore();
            }
            b.areturn();
        });
    }

    @Override
    void variantMethod(ClassBuilder c, VariantShape shape, boolean flat) {
        var place = new Place(flat, 2, 3, 0);
        int index = 4;
        int payload = 5;
        method(c, name(shape, flat), flat ? LIFT : LOAD, b -> {
            tag(b, place, shape);
            b.istore(index);
            if (shape.form == VariantShape.Form.ENUM) {
                b.iload(index);
            } else {
                branches(
                        b,
                        shape,
                        index,
                        one -> {
                            value(b, one, place.plus(payloadOffset(shape, flat)));
                            b.astore(payload);
                        },
                        () -> b.aconst_null().astore(payload));
                b.iload(index).aload(payload);
            }
            call(b, Cases.class, "lift" + named(shape));
            b.areturn();
        });
    }

    @Override
    void listMethod(ClassBuilder c, ListShape shape) {
        int at = 2;
        int length = 3;
        int bytes = 4;
        int values = 5;
        int index = 6;
        var element = shape.element;
        method(c, "list" + table.number(shape), LIST, b -> {
            b.aload(FROM).iload(at).iload(length);
            b.loadConstant(element.size).loadConstant(element.align).loadConstant(element.heap);
            call(b, Lists.class, "check");
            b.aload(FROM);
            call(b, Frame.class, "bytes");
            b.astore(bytes);
            b.iload(length).anewarray(OBJECT).astore(values);
            loop(b, index, length, () -> {
                b.aload(values).iload(index);
                value(b, element, new Place(false, bytes, at, 0));
                b.aastore();
                advance(b, at, element.size);
            });
            b.aload(values);
            call(b, Lists.class, "made");
            b.areturn();
        });
    }
}

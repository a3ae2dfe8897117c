package dev.creel.component.abi;

import dev.creel.component.plan.StringEncoding;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * Writes methods that put Java values where a guest finds them. Each allocation runs the guest, after which its memory may be
 * another array: it is asked for again before the next write.
 */
final class LowerWriter extends CodeWriter {
    private static final int TO = 1;
    private static final MethodTypeDesc STORE = MethodTypeDesc.of(VOID, FRAME, INT, OBJECT);
    private static final MethodTypeDesc LOWER = MethodTypeDesc.of(VOID, FRAME, LONGS, INT, OBJECT);
    private static final MethodTypeDesc WRITE = MethodTypeDesc.of(LONG, FRAME, OBJECT);

    private final StringEncoding encoding;
    private final Target target = new Target(TO);

    LowerWriter(ClassDesc self, ShapeTable table, StringEncoding encoding) {
        this.encoding = encoding;
        super(self, table);
    }

    private String name(Shape shape, boolean flat) {
        return (flat ? "lower" : "store") + table.number(shape);
    }

    /** Starts a method, or the part of one after which {@code place} was allocated. */
    void start() {
        target.stale();
    }

    /** Puts what {@code value} leaves on the stack to {@code place}. */
    void put(CodeBuilder b, Shape shape, Place place, Runnable value) {
        switch (shape) {
            case Scalar scalar -> {
                target.before(b, place);
                value.run();
                call(b, Boxes.class, "lower" + named(scalar));
                target.write(b, place, scalar.size);
            }
            case FlagsShape flags -> {
                target.before(b, place);
                value.run();
                b.loadConstant(flags.mask);
                call(b, Boxes.class, "lowerFlags");
                target.write(b, place, flags.size);
            }
            case HandleShape handle -> {
                target.before(b, place);
                b.aload(TO);
                value.run();
                resource(b, handle);
                call(b, HandleShape.class, "give");
                target.write(b, place, 4);
            }
            case StringShape string -> {
                target.beforePair(b, place);
                b.aload(TO);
                value.run();
                call(b, Strings.class, "write" + Strings.named(encoding));
                target.writePair(b, place);
            }
            case BytesShape bytes -> {
                target.beforePair(b, place);
                b.aload(TO);
                value.run();
                call(b, Lists.class, "writeBytes");
                target.writePair(b, place);
            }
            case ListShape list -> {
                target.beforePair(b, place);
                b.aload(0).aload(TO);
                value.run();
                own(b, "write" + table.number(list), WRITE);
                target.writePair(b, place);
            }
            case RecordShape record -> method(b, record, place, value);
            case VariantShape variant -> method(b, variant, place, value);
        }
    }

    private void method(CodeBuilder b, Shape shape, Place place, Runnable value) {
        b.aload(0).aload(TO);
        if (place.flat()) {
            b.aload(place.source());
        }
        position(b, place);
        value.run();
        own(b, name(shape, place.flat()), place.flat() ? LOWER : STORE);
        if (table.allocates(shape)) {
            target.stale();
        }
    }

    @Override
    void recordMethod(ClassBuilder c, RecordShape shape, boolean flat) {
        var place = place(flat);
        int value = flat ? 4 : 3;
        int fields = 6;
        method(c, name(shape, flat), flat ? LOWER : STORE, b -> {
            target.stale();
            b.aload(value).loadConstant(shape.fields.length);
            call(b, Cases.class, "fields");
            b.astore(fields);
            for (int i = 0; i < shape.fields.length; i++) {
                int field = i;
                put(
                        b,
                        shape.fields[i],
                        place.plus(offset(shape, i, flat)),
                        () -> b.aload(fields).loadConstant(field).aaload());
            }
            b.return_();
        });
    }

    @Override
    void variantMethod(ClassBuilder c, VariantShape shape, boolean flat) {
        var place = place(flat);
        int value = flat ? 4 : 3;
        int index = 6;
        int payload = 7;
        method(c, name(shape, flat), flat ? LOWER : STORE, b -> {
            target.stale();
            b.aload(value).loadConstant(shape.cases.length);
            call(b, Cases.class, "index" + named(shape));
            b.istore(index);
            target.before(b, place);
            b.iload(index);
            target.write(b, place, shape.tagSize);
            branches(
                    b,
                    shape,
                    index,
                    one -> {
                        // Each branch begins as this one ended.
                        target.stale();
                        b.aload(value);
                        call(b, Cases.class, "payload" + named(shape));
                        b.astore(payload);
                        put(b, one, place.plus(payloadOffset(shape, flat)), () -> b.aload(payload));
                    },
                    () -> {});
            b.return_();
        });
    }

    /** Of the methods' own parameters. */
    private static Place place(boolean flat) {
        return flat ? new Place(true, 2, 3, 0) : new Place(false, 5, 2, 0);
    }

    @Override
    void listMethod(ClassBuilder c, ListShape shape) {
        int value = 2;
        int list = 3;
        int length = 4;
        int address = 5;
        int at = 6;
        int index = 7;
        int element = 8;
        int bytes = 9;
        var place = new Place(false, bytes, at, 0);
        boolean allocates = table.allocates(shape.element);
        method(c, "write" + table.number(shape), WRITE, b -> {
            target.stale();
            b.aload(value);
            call(b, Lists.class, "list");
            b.dup();
            call(b, Lists.class, "length");
            b.istore(length);
            call(b, Lists.class, "elements");
            b.astore(list);
            b.aload(TO).iload(length).loadConstant(shape.element.size).loadConstant(shape.element.align);
            call(b, Lists.class, "allocate");
            b.dup().istore(address).istore(at);
            if (!allocates) {
                target.fetch(b, bytes);
            }
            loop(b, index, length, () -> {
                if (allocates) {
                    target.stale();
                }
                b.aload(list);
                call(b, Lists.class, "next");
                b.astore(element);
                put(b, shape.element, place, () -> b.aload(element));
                advance(b, at, shape.element.size);
            });
            b.iload(address).iload(length);
            call(b, Lists.class, "packed");
            b.lreturn();
        });
    }
}

package dev.creel.component.abi;

import dev.creel.component.plan.StringEncoding;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/**
 * Writes methods that move values from one guest to another: slots to the same slots, or memory to memory. The source does not
 * run meanwhile; each allocation runs the target.
 */
final class FuseWriter extends CodeWriter {
    private static final int FROM = 1;
    private static final int TO = 2;
    private static final int SOURCE = 3;
    private static final MethodTypeDesc COPY = MethodTypeDesc.of(VOID, FRAME, FRAME, BYTES, INT, INT);
    private static final MethodTypeDesc PASS = MethodTypeDesc.of(VOID, FRAME, FRAME, LONGS, LONGS, INT);
    private static final MethodTypeDesc LIST = MethodTypeDesc.of(LONG, FRAME, FRAME, INT, INT);

    private final String names;
    private final String strings;
    private final Target target = new Target(TO);

    /** {@code names} tells methods of the one direction from those of the other. */
    FuseWriter(ClassDesc self, ShapeTable table, String names, StringEncoding from, StringEncoding to) {
        this.names = names;
        var source = Strings.named(from);
        this.strings = source.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + source.substring(1) + "To"
                + Strings.named(to);
        super(self, table);
    }

    private String name(Shape shape, boolean flat) {
        return names + (flat ? "Pass" : "Copy") + table.number(shape);
    }

    /** Starts a method, or the part of one after which {@code place} was allocated. */
    void start() {
        target.stale();
    }

    /** Moves the value at {@code from} to {@code to}; both are slots, or both memory. */
    void move(CodeBuilder b, Shape shape, Place from, Place to) {
        switch (shape) {
            case Scalar scalar -> {
                target.before(b, to);
                bits(b, from, scalar.size);
                same(b, scalar, from.flat());
                target.write(b, to, scalar.size);
            }
            case FlagsShape flags -> {
                target.before(b, to);
                bits(b, from, flags.size);
                b.loadConstant((int) flags.mask).iand();
                target.write(b, to, flags.size);
            }
            case HandleShape handle -> {
                target.before(b, to);
                b.aload(FROM).aload(TO);
                bits(b, from, 4);
                resource(b, handle);
                call(b, HandleShape.class, "move");
                target.write(b, to, 4);
            }
            case StringShape string -> {
                target.beforePair(b, to);
                b.aload(FROM).aload(TO);
                pair(b, from);
                call(b, Transcoding.class, strings);
                target.writePair(b, to);
            }
            case BytesShape bytes -> {
                target.beforePair(b, to);
                bulk(b, from, 1, 1);
                target.writePair(b, to);
            }
            case ListShape list -> {
                target.beforePair(b, to);
                if (table.plain(list.element)) {
                    bulk(b, from, list.element.size, list.element.align);
                } else {
                    b.aload(0).aload(FROM).aload(TO);
                    pair(b, from);
                    own(b, name(list, false), LIST);
                }
                target.writePair(b, to);
            }
            case RecordShape record -> method(b, record, from, to);
            case VariantShape variant -> method(b, variant, from, to);
        }
    }

    /** Makes of the bits on the stack what every guest has for the value. */
    private static void same(CodeBuilder b, Scalar scalar, boolean flat) {
        switch (scalar.type) {
            case BOOL -> call(b, Boxes.class, "bool");
            case CHAR -> call(b, Boxes.class, "character");
            // Bits beyond the type's width mean nothing in a slot.
            case S8 -> b.i2b();
            case S16 -> b.i2s();
            case U8 -> {
                if (flat) {
                    b.loadConstant(0xFF).iand();
                }
            }
            case U16 -> {
                if (flat) {
                    b.i2c();
                }
            }
            case S32, U32, S64, U64, F32, F64 -> {}
            case STRING -> throw new IllegalStateException("strings are not scalars");
        }
    }

    private static void bulk(CodeBuilder b, Place from, int size, int align) {
        b.aload(FROM).aload(TO);
        pair(b, from);
        b.loadConstant(size).loadConstant(align);
        call(b, Lists.class, "copy");
    }

    private void method(CodeBuilder b, Shape shape, Place from, Place to) {
        b.aload(0).aload(FROM).aload(TO).aload(from.source());
        if (from.flat()) {
            b.aload(to.source());
            position(b, to);
        } else {
            position(b, from);
            position(b, to);
        }
        own(b, name(shape, from.flat()), from.flat() ? PASS : COPY);
        if (table.allocates(shape)) {
            target.stale();
        }
    }

    private static Place from(boolean flat) {
        return flat ? new Place(true, SOURCE, 5, 0) : new Place(false, SOURCE, 4, 0);
    }

    private static Place to(boolean flat) {
        return flat ? new Place(true, 4, 5, 0) : new Place(false, 6, 5, 0);
    }

    @Override
    void recordMethod(ClassBuilder c, RecordShape shape, boolean flat) {
        method(c, name(shape, flat), flat ? PASS : COPY, b -> {
            target.stale();
            int i = 0;
            while (i < shape.fields.length) {
                int end = flat ? i + 1 : run(shape, i);
                int offset = offset(shape, i, flat);
                if (end > i + 1) {
                    int last = end - 1;
                    block(
                            b,
                            from(false).plus(offset),
                            to(false).plus(offset),
                            shape.offsets[last] + shape.fields[last].size - offset);
                } else {
                    move(b, shape.fields[i], from(flat).plus(offset), to(flat).plus(offset));
                }
                i = end;
            }
            b.return_();
        });
    }

    /** The first field from {@code first} on that cannot be copied together with those before it. */
    private int run(RecordShape shape, int first) {
        int end = first;
        while (end < shape.fields.length
                && table.plain(shape.fields[end])
                && (end == first || shape.offsets[end] == shape.offsets[end - 1] + shape.fields[end - 1].size)) {
            end++;
        }
        return Math.max(end, first + 1);
    }

    private void block(CodeBuilder b, Place from, Place to, int size) {
        if (!target.isFresh()) {
            target.fetch(b, to.source());
        }
        b.aload(from.source());
        position(b, from);
        b.aload(to.source());
        position(b, to);
        b.loadConstant(size);
        call(b, Lists.class, "block");
    }

    @Override
    void variantMethod(ClassBuilder c, VariantShape shape, boolean flat) {
        int index = 7;
        int payload = payloadOffset(shape, flat);
        method(c, name(shape, flat), flat ? PASS : COPY, b -> {
            target.stale();
            tag(b, from(flat), shape);
            b.istore(index);
            target.before(b, to(flat));
            b.iload(index);
            target.write(b, to(flat), shape.tagSize);
            branches(
                    b,
                    shape,
                    index,
                    one -> {
                        target.stale();
                        move(b, one, from(flat).plus(payload), to(flat).plus(payload));
                    },
                    () -> {});
            b.return_();
        });
    }

    @Override
    void listMethod(ClassBuilder c, ListShape shape) {
        if (table.plain(shape.element)) {
            return;
        }
        int at = 3;
        int length = 4;
        int address = 5;
        int out = 6;
        int index = 7;
        int source = 8;
        int bytes = 9;
        var element = shape.element;
        var to = new Place(false, bytes, out, 0);
        boolean allocates = table.allocates(element);
        method(c, name(shape, false), LIST, b -> {
            target.stale();
            b.aload(FROM).iload(at).iload(length);
            b.loadConstant(element.size).loadConstant(element.align).loadConstant(element.heap);
            call(b, Lists.class, "check");
            b.aload(FROM);
            call(b, Frame.class, "bytes");
            b.astore(source);
            b.aload(TO).iload(length).loadConstant(element.size).loadConstant(element.align);
            call(b, Lists.class, "allocate");
            b.dup().istore(address).istore(out);
            if (!allocates) {
                target.fetch(b, bytes);
            }
            loop(b, index, length, () -> {
                if (allocates) {
                    target.stale();
                }
                move(b, element, new Place(false, source, at, 0), to);
                advance(b, at, element.size);
                advance(b, out, element.size);
            });
            b.iload(address).iload(length);
            call(b, Lists.class, "packed");
            b.lreturn();
        });
    }
}

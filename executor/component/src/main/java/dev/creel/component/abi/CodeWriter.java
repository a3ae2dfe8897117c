package dev.creel.component.abi;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes the methods of a generated class that move values one way. Each record, variant and list has a method, for slots or for
 * memory, in which all offsets are constants; everything else is written where it is used. All methods are the
 * instance's own; their first parameter is a {@link Frame}.
 */
abstract class CodeWriter {
    static final ClassDesc FRAME = desc(Frame.class);
    static final ClassDesc OBJECT = ConstantDescs.CD_Object;
    static final ClassDesc OBJECTS = OBJECT.arrayType();
    static final ClassDesc LONGS = ConstantDescs.CD_long.arrayType();
    static final ClassDesc BYTES = ConstantDescs.CD_byte.arrayType();
    static final ClassDesc INT = ConstantDescs.CD_int;
    static final ClassDesc LONG = ConstantDescs.CD_long;
    static final ClassDesc VOID = ConstantDescs.CD_void;
    private static final ClassDesc RESOURCE = desc(Resource.class);
    private static final ClassValue<Map<String, Method>> METHODS = new ClassValue<>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> owner) {
            var methods = new HashMap<String, Method>();
            for (var method : owner.getDeclaredMethods()) {
                methods.put(method.getName(), method);
            }
            return methods;
        }
    };

    final ClassDesc self;
    final ShapeTable table;

    CodeWriter(ClassDesc self, ShapeTable table) {
        this.self = self;
        this.table = table;
    }

    /**
     * Where values are: in a local variable with slots or with a memory's bytes, from a position in another on.
     *
     * @param offset slots or bytes beyond the position
     */
    record Place(boolean flat, int source, int at, int offset) {
        Place plus(int more) {
            return new Place(flat, source, at, offset + more);
        }
    }

    /** Writes the methods for {@code uses}. */
    final void methods(ClassBuilder c, List<ShapeTable.Use> uses) {
        for (var use : uses) {
            switch (use.shape()) {
                case RecordShape record -> recordMethod(c, record, use.flat());
                case VariantShape variant -> variantMethod(c, variant, use.flat());
                case ListShape list -> listMethod(c, list);
                case Scalar scalar -> throw unneeded(scalar);
                case StringShape string -> throw unneeded(string);
                case BytesShape bytes -> throw unneeded(bytes);
                case FlagsShape flags -> throw unneeded(flags);
                case HandleShape handle -> throw unneeded(handle);
            }
        }
    }

    private static IllegalStateException unneeded(Shape shape) {
        return new IllegalStateException("no method is needed for " + shape.getClass());
    }

    abstract void recordMethod(ClassBuilder c, RecordShape shape, boolean flat);

    abstract void variantMethod(ClassBuilder c, VariantShape shape, boolean flat);

    abstract void listMethod(ClassBuilder c, ListShape shape);

    final void method(ClassBuilder c, String name, MethodTypeDesc type, Consumer<CodeBuilder> body) {
        c.withMethodBody(name, type, ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL, body);
    }

    /** Calls a method that this or another writer writes into the class. */
    final void own(CodeBuilder b, String name, MethodTypeDesc type) {
        b.invokevirtual(self, name, type);
    }

    /** Calls the one method of {@code owner} with this name. */
    static void call(CodeBuilder b, Class<?> owner, String name) {
        var method = METHODS.get(owner).get(name);
        if (method == null) {
            throw new IllegalStateException(owner + " has no method " + name);
        }
        var type = MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .describeConstable()
                .orElseThrow();
        if (Modifier.isStatic(method.getModifiers())) {
            b.invokestatic(desc(owner), name, type);
        } else {
            b.invokevirtual(desc(owner), name, type);
        }
    }

    static ClassDesc desc(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }

    static void position(CodeBuilder b, Place place) {
        b.iload(place.at());
        if (place.offset() != 0) {
            b.loadConstant(place.offset()).iadd();
        }
    }

    /** Leaves what {@code size} bytes, or a slot, hold: an int, zero-extended, or a long if there are 8. */
    static void bits(CodeBuilder b, Place place, int size) {
        b.aload(place.source());
        position(b, place);
        if (!place.flat()) {
            call(b, Bits.class, "read" + width(size));
        } else {
            b.laload();
            if (size < 8) {
                b.l2i();
            }
        }
    }

    /** Leaves address and length of a string or list. */
    static void pair(CodeBuilder b, Place place) {
        bits(b, place, 4);
        bits(b, place.plus(place.flat() ? 1 : 4), 4);
    }

    /** Leaves the case of a variant, checked. */
    static void tag(CodeBuilder b, Place place, VariantShape shape) {
        bits(b, place, shape.tagSize);
        b.loadConstant(shape.cases.length);
        call(b, Cases.class, "checked");
    }

    /** How the methods of {@link Bits} for {@code size} bytes are called. */
    static String width(int size) {
        return switch (size) {
            case 1 -> "Byte";
            case 2 -> "Short";
            case 4 -> "Int";
            default -> "Long";
        };
    }

    /** How the methods of {@link Boxes} for a scalar are called. */
    static String named(Scalar scalar) {
        var name = scalar.type.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    /** How the methods of {@link Cases} for a variant are called. */
    static String named(VariantShape variant) {
        var name = variant.form.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    /** Leaves the resource type of a handle, and whether it is owned. */
    final void resource(CodeBuilder b, HandleShape shape) {
        b.aload(0).getfield(self, "resources", RESOURCE.arrayType());
        b.loadConstant(table.resource(shape.resource)).aaload();
        b.loadConstant(shape.own ? 1 : 0);
    }

    static int offset(RecordShape shape, int field, boolean flat) {
        return flat ? shape.slotOffsets[field] : shape.offsets[field];
    }

    static int payloadOffset(VariantShape shape, boolean flat) {
        return flat ? 1 : shape.payloadOffset;
    }

    /** Branches by the case in local variable {@code index}: once for each distinct payload, and once for all cases without. */
    final void branches(
            CodeBuilder b, VariantShape shape, int index, Consumer<Shape> withPayload, Runnable withoutPayload) {
        var targets = new LinkedHashMap<Integer, Label>();
        var payloads = new ArrayList<Shape>();
        var cases = new ArrayList<SwitchCase>();
        for (int i = 0; i < shape.cases.length; i++) {
            var payload = shape.cases[i];
            if (payload != null) {
                var target = targets.computeIfAbsent(table.number(payload), number -> {
                    payloads.add(payload);
                    return b.newLabel();
                });
                cases.add(SwitchCase.of(i, target));
            }
        }
        if (cases.isEmpty()) {
            withoutPayload.run();
            return;
        }
        var otherwise = b.newLabel();
        var end = b.newLabel();
        b.iload(index).tableswitch(otherwise, cases);
        var remaining = payloads.iterator();
        for (var target : targets.values()) {
            b.labelBinding(target);
            withPayload.accept(remaining.next());
            b.goto_(end);
        }
        b.labelBinding(otherwise);
        withoutPayload.run();
        b.labelBinding(end);
    }

    /** Counts local variable {@code index} from 0 to {@code length} around {@code body}. */
    static void loop(CodeBuilder b, int index, int length, Runnable body) {
        var head = b.newLabel();
        var end = b.newLabel();
        b.iconst_0().istore(index);
        b.labelBinding(head);
        b.iload(index).iload(length).if_icmpge(end);
        body.run();
        b.iinc(index, 1).goto_(head);
        b.labelBinding(end);
    }

    /** Adds {@code size} to local variable {@code at}. */
    static void advance(CodeBuilder b, int at, int size) {
        b.iload(at).loadConstant(size).iadd().istore(at);
    }
}

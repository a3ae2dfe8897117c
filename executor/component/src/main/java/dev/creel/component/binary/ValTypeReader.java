package dev.creel.component.binary;

import dev.creel.component.type.ValType;
import dev.creel.component.type.ValType.Primitive;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads value types (reference component-model §1.4). */
final class ValTypeReader {
    private static final Primitive[] PRIMITIVES = {
        Primitive.STRING,
        Primitive.CHAR,
        Primitive.F64,
        Primitive.F32,
        Primitive.U64,
        Primitive.S64,
        Primitive.U32,
        Primitive.S32,
        Primitive.U16,
        Primitive.S16,
        Primitive.U8,
        Primitive.S8,
        Primitive.BOOL
    };
    private static final int FIRST_PRIMITIVE = 0x73;
    private static final int ERROR_CONTEXT = 0x64;
    private static final int FLAGS_MAX = 32;
    private static final ValType ERROR_CONTEXT_TYPE = new ValType.ErrorContext();

    private final Session session;

    ValTypeReader(Session session) {
        this.session = session;
    }

    /** A type where one is used: a primitive, or the index of a type. */
    ValType valType(Input in, Scope scope) {
        int first = in.peek();
        if ((first & 0xc0) != 0x40) {
            return scope.valType(in, in.s33());
        }
        if (first < FIRST_PRIMITIVE && first != ERROR_CONTEXT) {
            throw in.malformed("unknown type 0x" + Integer.toHexString(first));
        }
        return primitive(in);
    }

    /** A type where one is defined. */
    ValType definedType(Input in, Scope scope) {
        int first = in.peek();
        if ((first >= FIRST_PRIMITIVE && first <= 0x7f) || first == ERROR_CONTEXT) {
            return primitive(in);
        }
        return switch (in.u8()) {
            case 0x72 -> new ValType.RecordOf(someOf(in, fields(in, scope, "fields")));
            case 0x71 -> new ValType.Variant(someOf(in, cases(in, scope)));
            case 0x70 -> new ValType.ListOf(valType(in, scope));
            case 0x6f -> new ValType.Tuple(someOf(in, list(in, "elements", one -> valType(one, scope))));
            case 0x6e -> {
                var labels = someOf(in, labels(in));
                if (labels.size() > FLAGS_MAX) {
                    throw in.invalid("flags hold at most " + FLAGS_MAX + " labels");
                }
                yield new ValType.Flags(labels);
            }
            case 0x6d -> new ValType.EnumOf(someOf(in, labels(in)));
            case 0x6b -> new ValType.Option(valType(in, scope));
            case 0x6a -> new ValType.Result(optional(in, scope), optional(in, scope));
            case 0x69 -> new ValType.Own(scope.resource(in, in.u32()));
            case 0x68 -> new ValType.Borrow(scope.resource(in, in.u32()));
            case 0x67 -> {
                var element = valType(in, scope);
                int length = in.u32();
                if (length == 0) {
                    throw in.invalid("a list of fixed length has at least one element");
                }
                yield new ValType.FixedList(element, length);
            }
            case 0x66 -> {
                var element = passed(in, scope, "stream");
                if (element.isPresent() && element.get() == Primitive.CHAR) {
                    throw in.invalid("a stream of char is not allowed yet: its encoding is undecided");
                }
                yield new ValType.StreamOf(element);
            }
            case 0x65 -> new ValType.FutureOf(passed(in, scope, "future"));
            case 0x63 -> new ValType.MapOf(valType(in, scope), valType(in, scope));
            default -> throw in.malformed("unknown type 0x" + Integer.toHexString(first));
        };
    }

    private static ValType primitive(Input in) {
        int code = in.u8();
        return code == ERROR_CONTEXT ? ERROR_CONTEXT_TYPE : PRIMITIVES[code - FIRST_PRIMITIVE];
    }

    private Optional<ValType> passed(Input in, Scope scope, String through) {
        var type = optional(in, scope);
        if (type.isPresent() && session.facts.of(type.get()).borrows()) {
            throw in.invalid("a borrow cannot pass through a " + through);
        }
        return type;
    }

    private Optional<ValType> optional(Input in, Scope scope) {
        return in.flag("the mark of a type") ? Optional.of(valType(in, scope)) : Optional.empty();
    }

    /** The result of a function. */
    Optional<ValType> result(Input in, Scope scope) {
        return switch (in.u8()) {
            case 0 -> Optional.of(valType(in, scope));
            case 1 -> {
                if (in.u8() != 0) {
                    throw in.malformed("named results are no longer part of the format");
                }
                yield Optional.empty();
            }
            default -> throw in.malformed("unknown form of a function's result");
        };
    }

    /** Named types: fields, or parameters. */
    List<ValType.Field> fields(Input in, Scope scope, String what) {
        var names = new HashSet<String>();
        return list(in, what, one -> new ValType.Field(label(one, names), valType(one, scope)));
    }

    private List<ValType.Case> cases(Input in, Scope scope) {
        var names = new HashSet<String>();
        return list(in, "cases", one -> {
            var result = new ValType.Case(label(one, names), optional(one, scope));
            if (one.u8() != 0) {
                throw one.malformed("a case ends with 0");
            }
            return result;
        });
    }

    private List<String> labels(Input in) {
        var names = new HashSet<String>();
        return list(in, "labels", one -> label(one, names));
    }

    private static String label(Input in, Set<String> taken) {
        var label = in.name();
        if (!ExternName.isLabel(label)) {
            throw in.invalid("'" + Input.shortened(label) + "' is not a label");
        }
        if (!taken.add(label.toLowerCase(Locale.ROOT))) {
            throw in.invalid("label '" + Input.shortened(label) + "' occurs twice");
        }
        return label;
    }

    private <T> List<T> list(Input in, String what, Function<Input, T> part) {
        int count = in.count(session.limits.parts(), what);
        var result = new ArrayList<T>(Math.min(count, 64));
        for (int i = 0; i < count; i++) {
            result.add(part.apply(in));
        }
        return List.copyOf(result);
    }

    private static <T> List<T> someOf(Input in, List<T> parts) {
        if (parts.isEmpty()) {
            throw in.invalid("a type needs at least one part");
        }
        return parts;
    }
}

package dev.creel.component.fuzz;

import dev.creel.component.core.CoreFuncType;
import dev.creel.component.core.ValueKind;
import dev.creel.component.type.ValType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Flattening once more, straight from the specification: what the code under attack says about types is not to be trusted. */
final class Flat {
    static final CoreFuncType REALLOC = new CoreFuncType(Collections.nCopies(4, ValueKind.I32), List.of(ValueKind.I32));

    private Flat() {}

    static List<ValueKind> of(ValType type) {
        return switch (type) {
            case ValType.Primitive primitive ->
                switch (primitive) {
                    case BOOL, S8, U8, S16, U16, S32, U32, CHAR -> List.of(ValueKind.I32);
                    case S64, U64 -> List.of(ValueKind.I64);
                    case F32 -> List.of(ValueKind.F32);
                    case F64 -> List.of(ValueKind.F64);
                    case STRING -> List.of(ValueKind.I32, ValueKind.I32);
                };
            case ValType.RecordOf(var fields) ->
                fields.stream().flatMap(one -> of(one.type()).stream()).toList();
            case ValType.Tuple(var elements) ->
                elements.stream().flatMap(one -> of(one).stream()).toList();
            case ValType.ListOf _ -> List.of(ValueKind.I32, ValueKind.I32);
            case ValType.Flags _, ValType.EnumOf _, ValType.Own _, ValType.Borrow _ -> List.of(ValueKind.I32);
            case ValType.Variant(var cases) ->
                variant(cases.stream().map(ValType.Case::type).toList());
            case ValType.Option(var some) -> variant(List.of(Optional.empty(), Optional.of(some)));
            case ValType.Result(var ok, var err) -> variant(List.of(ok, err));
            case ValType.Later _ -> throw new IllegalArgumentException("no such types are made here");
        };
    }

    private static List<ValueKind> variant(List<Optional<ValType>> cases) {
        var joined = new ArrayList<ValueKind>();
        joined.add(ValueKind.I32);
        for (var one : cases) {
            var flat = one.map(Flat::of).orElse(List.of());
            for (int i = 0; i < flat.size(); i++) {
                if (i + 1 == joined.size()) {
                    joined.add(flat.get(i));
                } else if (joined.get(i + 1) != flat.get(i)) {
                    joined.set(i + 1, narrow(joined.get(i + 1)) && narrow(flat.get(i)) ? ValueKind.I32 : ValueKind.I64);
                }
            }
        }
        return joined;
    }

    private static boolean narrow(ValueKind kind) {
        return kind == ValueKind.I32 || kind == ValueKind.F32;
    }
}

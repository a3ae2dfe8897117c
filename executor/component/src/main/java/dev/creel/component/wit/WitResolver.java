package dev.creel.component.wit;

import dev.creel.component.type.FuncType;
import dev.creel.component.type.ResourceType;
import dev.creel.component.type.ValType;
import dev.creel.component.wit.WitText.Item;
import dev.creel.component.wit.WitText.Param;
import dev.creel.component.wit.WitText.TypeText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks up every name of parsed interfaces, across interfaces and packages, each at most once. */
final class WitResolver {
    private static final Map<String, ValType> PRIMITIVES = primitives();

    private final Map<String, WitText.Interface> texts = new LinkedHashMap<>();
    private final Map<String, Map<String, Item>> names = new HashMap<>();
    private final Map<String, Named> resolved = new HashMap<>();
    private final Set<String> underway = new HashSet<>();

    /** What a name in an interface stands for. */
    private sealed interface Named {
        record Type(ValType type) implements Named {}

        record Resource(ResourceType.Host resource) implements Named {}
    }

    WitResolver(List<WitText.Interface> interfaces) {
        for (var one : interfaces) {
            if (texts.put(one.name(), one) != null) {
                throw new InvalidWitException("interface " + one.name() + " is defined twice");
            }
            names.put(one.name(), typeNames(one));
        }
    }

    Map<String, WitInterface> resolve() {
        var result = new LinkedHashMap<String, WitInterface>();
        texts.forEach((name, text) -> result.put(name, resolve(text)));
        return Collections.unmodifiableMap(result);
    }

    private static Map<String, Item> typeNames(WitText.Interface one) {
        var result = new LinkedHashMap<String, Item>();
        for (var item : one.items()) {
            var name = switch (item) {
                case Item.Use use -> use.name();
                case Item.Type type -> type.name();
                case Item.Resource resource -> resource.name();
                case Item.Func func -> func.name();
            };
            if (result.put(name, item) != null) {
                throw wrong(one.name(), item.line(), "'" + name + "' is defined twice");
            }
        }
        return result;
    }

    private WitInterface resolve(WitText.Interface text) {
        var types = new LinkedHashMap<String, ValType>();
        var resources = new LinkedHashMap<String, ResourceType.Host>();
        var functions = new LinkedHashMap<String, FuncType>();
        for (var item : text.items()) {
            switch (item) {
                case Item.Use use -> putType(types, text.name(), use.name(), use.line());
                case Item.Type type -> putType(types, text.name(), type.name(), type.line());
                case Item.Resource resource ->
                    resources.put(resource.name(), new ResourceType.Host(text.name(), resource.name()));
                case Item.Func func -> functions.put(func.name(), function(text.name(), func));
            }
        }
        return new WitInterface(
                text.name(),
                Collections.unmodifiableMap(types),
                Collections.unmodifiableMap(resources),
                Collections.unmodifiableMap(functions));
    }

    private void putType(Map<String, ValType> types, String in, String name, int line) {
        if (named(in, name, line) instanceof Named.Type(var type)) {
            types.put(name, type);
        }
    }

    private FuncType function(String in, Item.Func func) {
        var params = new ArrayList<ValType.Field>();
        func.self()
                .ifPresent(self ->
                        params.add(new ValType.Field("self", new ValType.Borrow(resource(in, self, func.line())))));
        params.addAll(fields(in, func.line(), func.params()));
        Optional<ValType> result = func.result().map(type -> type(in, type));
        if (func.constructs().isPresent() && result.isEmpty()) {
            result = Optional.of(new ValType.Own(resource(in, func.constructs().get(), func.line())));
        }
        return new FuncType(params, result, func.async());
    }

    private Named named(String in, String name, int line) {
        var known = resolved.get(in + "#" + name);
        if (known != null) {
            return known;
        }
        var item = names.getOrDefault(in, Map.of()).get(name);
        if (item == null || item instanceof Item.Func) {
            throw wrong(in, line, "there is no type '" + name + "'");
        }
        if (!underway.add(in + "#" + name)) {
            throw wrong(in, line, "type '" + name + "' contains itself");
        }
        Named found = switch (item) {
            case Item.Use use -> used(in, use);
            case Item.Type type
            when type.type() instanceof TypeText.Name other && !isPrimitive(other) ->
                named(in, other.name(), other.line());
            case Item.Type type -> new Named.Type(type(in, type.line(), type.type()));
            case Item.Resource resource -> new Named.Resource(new ResourceType.Host(in, resource.name()));
            case Item.Func _ -> throw wrong(in, line, "'" + name + "' is a function");
        };
        underway.remove(in + "#" + name);
        resolved.put(in + "#" + name, found);
        return found;
    }

    private Named used(String in, Item.Use use) {
        if (!texts.containsKey(use.from())) {
            throw wrong(in, use.line(), "interface " + use.from() + " is not among the texts");
        }
        if (!names.getOrDefault(use.from(), Map.of()).containsKey(use.original())) {
            throw wrong(in, use.line(), use.from() + " has no type '" + use.original() + "'");
        }
        return named(use.from(), use.original(), use.line());
    }

    private static boolean isPrimitive(TypeText.Name name) {
        return PRIMITIVES.containsKey(name.name());
    }

    private ResourceType.Host resource(String in, String name, int line) {
        return switch (named(in, name, line)) {
            case Named.Resource(var resource) -> resource;
            case Named.Type _ -> throw wrong(in, line, "'" + name + "' is not a resource");
        };
    }

    private ValType type(String in, TypeText text) {
        return type(in, 0, text);
    }

    private ValType type(String in, int line, TypeText text) {
        return switch (text) {
            case TypeText.Name(int at, String name) -> {
                var primitive = PRIMITIVES.get(name);
                if (primitive != null) {
                    yield primitive;
                }
                yield switch (named(in, name, at)) {
                    case Named.Type(var type) -> type;
                    case Named.Resource(var resource) -> new ValType.Own(resource);
                };
            }
            case TypeText.RecordOf(var fields) -> {
                atLeastOne(in, line, fields, "record");
                yield new ValType.RecordOf(fields(in, line, fields));
            }
            case TypeText.VariantOf(var cases) -> {
                atLeastOne(in, line, cases, "variant");
                distinct(in, line, cases.stream().map(WitText.Case::name).toList());
                yield new ValType.Variant(cases.stream()
                        .map(one -> new ValType.Case(one.name(), one.type().map(type -> type(in, type))))
                        .toList());
            }
            case TypeText.EnumOf(var labels) -> {
                atLeastOne(in, line, labels, "enum");
                yield new ValType.EnumOf(distinct(in, line, labels));
            }
            case TypeText.FlagsOf(var labels) -> {
                atLeastOne(in, line, labels, "flags");
                if (labels.size() > 32) {
                    throw wrong(in, line, "flags hold at most 32 labels");
                }
                yield new ValType.Flags(distinct(in, line, labels));
            }
            case TypeText.ListOf(var element) -> new ValType.ListOf(type(in, element));
            case TypeText.TupleOf(var elements) -> {
                atLeastOne(in, line, elements, "tuple");
                yield new ValType.Tuple(
                        elements.stream().map(one -> type(in, one)).toList());
            }
            case TypeText.OptionOf(var some) -> new ValType.Option(type(in, some));
            case TypeText.ResultOf(var ok, var err) ->
                new ValType.Result(ok.map(one -> type(in, one)), err.map(one -> type(in, one)));
            case TypeText.OwnOf(int at, var name) -> new ValType.Own(resource(in, name, at));
            case TypeText.BorrowOf(int at, var name) -> new ValType.Borrow(resource(in, name, at));
        };
    }

    private List<ValType.Field> fields(String in, int line, List<Param> params) {
        distinct(in, line, params.stream().map(Param::name).toList());
        return params.stream()
                .map(param -> new ValType.Field(param.name(), type(in, param.type())))
                .toList();
    }

    private static List<String> distinct(String in, int line, List<String> labels) {
        var seen = new HashSet<String>();
        for (var label : labels) {
            if (!seen.add(label.toLowerCase(Locale.ROOT))) {
                throw wrong(in, line, "'" + label + "' occurs twice");
            }
        }
        return labels;
    }

    private static void atLeastOne(String in, int line, List<?> parts, String what) {
        if (parts.isEmpty()) {
            throw wrong(in, line, "a " + what + " needs at least one part");
        }
    }

    private static InvalidWitException wrong(String in, int line, String what) {
        return new InvalidWitException("interface " + in + ", line " + line + ": " + what);
    }

    private static Map<String, ValType> primitives() {
        var result = new HashMap<String, ValType>();
        for (var primitive : ValType.Primitive.values()) {
            result.put(primitive.name().toLowerCase(Locale.ROOT), primitive);
        }
        return Map.copyOf(result);
    }
}

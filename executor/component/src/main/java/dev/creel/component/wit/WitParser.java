package dev.creel.component.wit;

import dev.creel.component.wit.WitText.Case;
import dev.creel.component.wit.WitText.Interface;
import dev.creel.component.wit.WitText.Item;
import dev.creel.component.wit.WitText.Param;
import dev.creel.component.wit.WitText.TypeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Texts to declarations, by recursive descent. Names are looked up later, by {@link WitResolver}. */
final class WitParser {
    private static final int DEPTH_MAX = 100;

    private final List<Interface> interfaces;
    private final WitScanner in;
    private PackageName here;
    private int depth;

    private record PackageName(String path, String version) {
        String with(String interfaceName) {
            return path + "/" + interfaceName + version;
        }
    }

    private WitParser(List<Interface> interfaces, WitScanner in, @Nullable PackageName before) {
        this.interfaces = interfaces;
        this.in = in;
        this.here = before == null ? new PackageName("", "") : before;
    }

    static List<Interface> parse(String... texts) {
        var interfaces = new ArrayList<Interface>();
        PackageName before = null;
        for (int i = 0; i < texts.length; i++) {
            var parser = new WitParser(interfaces, new WitScanner(texts[i], "WIT text " + (i + 1)), before);
            parser.text();
            before = parser.here;
        }
        return interfaces;
    }

    private void text() {
        while (!in.atEnd()) {
            gates();
            if (in.takes("package")) {
                here = packageName();
                in.expect(";");
                in.nowIn("package " + here.path() + here.version());
            } else if (in.takes("interface")) {
                interfaceBlock();
            } else if (in.takes("world")) {
                in.identifier();
                in.expect("{");
                in.skipTo('{', '}');
            } else {
                throw in.wrong("expected 'package', 'interface' or 'world'");
            }
        }
    }

    private PackageName packageName() {
        var path = in.identifier() + ":";
        in.expect(":");
        path += in.identifier();
        return new PackageName(path, in.takes("@") ? "@" + in.version() : "");
    }

    private void gates() {
        while (in.takes("@")) {
            in.identifier();
            if (in.takes("(")) {
                in.skipTo('(', ')');
            }
        }
    }

    private void interfaceBlock() {
        if (here.path().isEmpty()) {
            throw in.wrong("an interface needs a package: begin with 'package ns:name@version;'");
        }
        var items = new ArrayList<Item>();
        var name = in.identifier();
        in.expect("{");
        while (!in.takes("}")) {
            gates();
            item(items);
        }
        interfaces.add(new Interface(here.with(name), List.copyOf(items)));
    }

    private void item(List<Item> items) {
        int line = in.line();
        if (in.takes("use")) {
            use(items);
        } else if (in.takes("type")) {
            var name = in.identifier();
            in.expect("=");
            items.add(new Item.Type(line, name, type()));
            in.expect(";");
        } else if (in.takes("record")) {
            var name = in.identifier();
            items.add(new Item.Type(line, name, new TypeText.RecordOf(braced(this::param))));
        } else if (in.takes("variant")) {
            var name = in.identifier();
            items.add(new Item.Type(line, name, new TypeText.VariantOf(braced(this::variantCase))));
        } else if (in.takes("enum")) {
            var name = in.identifier();
            items.add(new Item.Type(line, name, new TypeText.EnumOf(braced(this::label))));
        } else if (in.takes("flags")) {
            var name = in.identifier();
            items.add(new Item.Type(line, name, new TypeText.FlagsOf(braced(this::label))));
        } else if (in.takes("resource")) {
            resource(items);
        } else {
            var name = in.identifier();
            in.expect(":");
            items.add(func(line, name, Optional.empty()));
        }
    }

    private void use(List<Item> items) {
        int line = in.line();
        var from = useTarget();
        in.expect(".");
        for (var pair : braced(this::usedName)) {
            items.add(new Item.Use(line, from, pair.original(), pair.name()));
        }
        in.expect(";");
    }

    private String useTarget() {
        var first = in.identifier();
        if (!in.takes(":")) {
            return here.with(first);
        }
        var path = first + ":" + in.identifier();
        in.expect("/");
        path += "/" + in.identifier();
        return in.takes("@") ? path + "@" + in.version() : path;
    }

    private record UsedName(String original, String name) {}

    private UsedName usedName() {
        var original = in.identifier();
        return new UsedName(original, in.takes("as") ? in.identifier() : original);
    }

    private void resource(List<Item> items) {
        int line = in.line();
        var name = in.identifier();
        items.add(new Item.Resource(line, name));
        if (in.takes(";")) {
            return;
        }
        in.expect("{");
        while (!in.takes("}")) {
            gates();
            items.add(resourceFunc(name));
        }
    }

    private Item.Func resourceFunc(String resource) {
        int line = in.line();
        if (in.takes("constructor")) {
            var params = params();
            Optional<TypeText> result = in.takes("->") ? Optional.of(type()) : Optional.empty();
            in.expect(";");
            return new Item.Func(
                    line, "[constructor]" + resource, Optional.empty(), Optional.of(resource), params, result, false);
        }
        var name = in.identifier();
        in.expect(":");
        return in.takes("static")
                ? func(line, "[static]" + resource + "." + name, Optional.empty())
                : func(line, "[method]" + resource + "." + name, Optional.of(resource));
    }

    private Item.Func func(int line, String name, Optional<String> self) {
        boolean async = in.takes("async");
        in.expect("func");
        var params = params();
        Optional<TypeText> result = in.takes("->") ? Optional.of(type()) : Optional.empty();
        in.expect(";");
        return new Item.Func(line, name, self, Optional.empty(), params, result, async);
    }

    private List<Param> params() {
        in.expect("(");
        return separated(this::param, ")");
    }

    private Param param() {
        var name = label();
        in.expect(":");
        return new Param(name, type());
    }

    private Case variantCase() {
        var name = label();
        if (!in.takes("(")) {
            return new Case(name, Optional.empty());
        }
        var type = type();
        in.expect(")");
        return new Case(name, Optional.of(type));
    }

    private String label() {
        gates();
        return in.identifier();
    }

    private <T> List<T> braced(Supplier<T> part) {
        in.expect("{");
        return separated(part, "}");
    }

    /** Parts with commas between them, and perhaps one behind the last. */
    private <T> List<T> separated(Supplier<T> part, String end) {
        var parts = new ArrayList<T>();
        while (!in.takes(end)) {
            parts.add(part.get());
            if (!in.takes(",")) {
                in.expect(end);
                break;
            }
        }
        return List.copyOf(parts);
    }

    private TypeText type() {
        if (++depth > DEPTH_MAX) {
            throw in.wrong("types nest deeper than " + DEPTH_MAX);
        }
        try {
            return typeWithin();
        } finally {
            depth--;
        }
    }

    private TypeText typeWithin() {
        in.atEnd();
        int line = in.line();
        var name = in.identifier();
        return switch (name) {
            case "list" -> new TypeText.ListOf(argument());
            case "option" -> new TypeText.OptionOf(argument());
            case "tuple" -> {
                in.expect("<");
                yield new TypeText.TupleOf(separated(this::type, ">"));
            }
            case "result" -> result();
            case "own" -> new TypeText.OwnOf(line, resourceArgument());
            case "borrow" -> new TypeText.BorrowOf(line, resourceArgument());
            case "stream", "future", "error-context", "map" ->
                throw in.wrong(line, "'" + name + "' is beyond WASI 0.2 and not supported");
            default -> new TypeText.Name(line, name);
        };
    }

    private TypeText argument() {
        in.expect("<");
        var type = type();
        in.expect(">");
        return type;
    }

    private String resourceArgument() {
        in.expect("<");
        var name = in.identifier();
        in.expect(">");
        return name;
    }

    private TypeText result() {
        if (!in.takes("<")) {
            return new TypeText.ResultOf(Optional.empty(), Optional.empty());
        }
        Optional<TypeText> ok = in.takes("_") ? Optional.empty() : Optional.of(type());
        Optional<TypeText> err = in.takes(",") ? Optional.of(type()) : Optional.empty();
        in.expect(">");
        return new TypeText.ResultOf(ok, err);
    }
}

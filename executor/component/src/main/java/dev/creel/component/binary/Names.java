package dev.creel.component.binary;

import dev.creel.component.binary.InvalidComponentException.Kind;
import dev.creel.component.type.FuncType;
import dev.creel.component.type.ResourceType;
import dev.creel.component.type.ValType;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Names of one list of imports or exports, each with its type (reference component-model §1.6). */
@SuppressWarnings("ReferenceEquality") // A resource under another name is another object.
final class Names {
    private final String what;
    private final Map<String, ExternType> types = new LinkedHashMap<>();
    private final Set<String> keys = new HashSet<>();
    /** Label → resource, of those that this list itself introduces. */
    private final Map<String, ResourceType> resources = new HashMap<>();

    /** @param what {@code import} or {@code export} */
    Names(String what) {
        this.what = what;
    }

    Map<String, ExternType> types() {
        return Collections.unmodifiableMap(types);
    }

    /** The same, in a list that introduces nothing, such as the exports of an instance made from parts: annotations find no resource. */
    void addPart(Input in, AttributedName attributed, ExternType type, int max) {
        put(in, attributed, type, max);
    }

    /** Refuses a name that follows no grammar, is taken, or does not fit its type. */
    void add(Input in, AttributedName attributed, ExternType type, int max) {
        var name = put(in, attributed, type, max);
        if (name.form() == ExternName.Form.PLAIN
                && type instanceof ExternType.Type(var definition)
                && definition instanceof TypeDefinition.Resource(var resource)) {
            resources.put(attributed.name(), resource);
        }
    }

    private ExternName put(Input in, AttributedName attributed, ExternType type, int max) {
        var text = attributed.name();
        var name = ExternName.parse(text)
                .orElseThrow(() -> in.invalid(what + " name '" + Input.shortened(text) + "' is not valid"));
        if (!keys.add(name.uniqueKey())) {
            throw in.invalid(what + " '" + Input.shortened(text) + "' conflicts with another " + what
                    + " of nearly the same name");
        }
        checkAnnotation(in, name, type);
        checkAttributes(in, name, attributed, type);
        types.put(text, type);
        if (types.size() > max) {
            throw in.wrong(Kind.TOO_LARGE, "there are more than " + max + " " + what + "s");
        }
        return name;
    }

    private void checkAnnotation(Input in, ExternName name, ExternType type) {
        if (name.resource().isEmpty()) {
            return;
        }
        var text = Input.shortened(name.text());
        if (!(type instanceof ExternType.Func(var func))) {
            throw in.invalid(what + " '" + text + "' must be a function");
        }
        var resource = resources.get(name.resource().get());
        if (resource == null) {
            throw in.invalid(what + " '" + text + "' needs a resource '"
                    + Input.shortened(name.resource().get()) + "' before it");
        }
        if (!fits(name.form(), func, resource)) {
            throw in.invalid(what + " '" + text + "' does not have the type that its name says");
        }
    }

    private static boolean fits(ExternName.Form form, FuncType func, ResourceType resource) {
        return switch (form) {
            case CONSTRUCTOR ->
                func.result().filter(type -> makes(type, resource)).isPresent();
            case METHOD ->
                !func.params().isEmpty()
                        && func.params().getFirst().name().equals("self")
                        && func.params().getFirst().type() instanceof ValType.Borrow(var self)
                        && self == resource;
            case STATIC, PLAIN, INTERFACE -> true;
        };
    }

    private static boolean makes(ValType type, ResourceType resource) {
        return switch (type) {
            case ValType.Own(var made) -> made == resource;
            case ValType.Result(var ok, var _) ->
                ok.isPresent() && ok.get() instanceof ValType.Own(var made) && made == resource;
            default -> false;
        };
    }

    private void checkAttributes(Input in, ExternName name, AttributedName attributed, ExternType type) {
        if (attributed.implementing().isEmpty()) {
            return;
        }
        var implemented = attributed.implementing().get();
        if (ExternName.parse(implemented)
                .filter(one -> one.form() == ExternName.Form.INTERFACE)
                .isEmpty()) {
            throw in.invalid(what + " '" + Input.shortened(name.text()) + "' implements '"
                    + Input.shortened(implemented) + "', which is no name of an interface");
        }
        if (name.form() != ExternName.Form.PLAIN) {
            throw in.invalid(what + " '" + Input.shortened(name.text())
                    + "' implements an interface, but its name is no plain label");
        }
        if (!(type instanceof ExternType.Instance)) {
            throw in.invalid(
                    what + " '" + Input.shortened(name.text()) + "' implements an interface, but it is no instance");
        }
    }
}

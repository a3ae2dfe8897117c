package dev.creel.conformance.abi;

import dev.creel.component.ComponentInstance;
import dev.creel.component.type.GuestResource;
import dev.creel.conformance.run.DiffersException;
import dev.creel.conformance.run.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is known of single components, and cannot be seen from their types. */
final class KnownComponents {
    /** What the component of strings expects of its import. */
    static final String UNICODE = "🚀🚀🚀 𠈄𓀀";

    private static final String EXPORTS = "exports";
    private static final int ARGUMENTS = 16;

    private final String name;
    private final AbiHost host;
    private final Supplier<ComponentInstance> instances;

    KnownComponents(String name, AbiHost host, Supplier<ComponentInstance> instances) {
        this.name = name;
        this.host = host;
        this.instances = instances;
    }

    /** Whether it does not take every value of its types. */
    static boolean isAskedOtherwise(String name) {
        return name.equals("strings");
    }

    List<Trial> trials() {
        return switch (name) {
            case "smoke" -> List.of(trial("thunk", this::callsBack));
            case "many-arguments" -> List.of(trial("many-arguments", this::passesManyArguments));
            case "strings" -> List.of(trial("strings", this::carriesStrings));
            case "resources" ->
                List.of(
                        trial("own-and-borrow", this::movesResources),
                        trial("drops", this::dropsResources),
                        trial("kebab-case", this::takesResources));
            default -> List.of();
        };
    }

    private Trial trial(String what, Trial.Check check) {
        return new Trial(name + ":" + what, "what is known of it", check);
    }

    private void callsBack() throws DiffersException {
        int before = host.calls();
        call(instances.get(), "", "thunk");
        same("thunk", host.called().get(before).function());
    }

    private void passesManyArguments() throws DiffersException {
        var args = new Object[ARGUMENTS];
        Arrays.setAll(args, i -> i + 1L);
        int before = host.calls();
        call(instances.get(), "", "many-arguments", args.clone());
        same(
                AbiValues.spelled(args),
                AbiValues.spelled(host.called().get(before).args()));
    }

    private void carriesStrings() throws DiffersException {
        var instance = instances.get();
        int before = host.calls();
        call(instance, "", "test-imports");
        same("latin utf16", host.called().get(before).args()[0]);
        same("", call(instance, "", "return-empty"));
        // An empty text fails an assertion of this component.
        for (var text : List.of(UNICODE + " é", "plain", "é", "\u0000", "\uffff")) {
            same(text, call(instance, "", "roundtrip", text));
        }
    }

    private void movesResources() throws DiffersException {
        var instance = instances.get();
        var x = call(instance, EXPORTS, "[constructor]x", 5);
        same(5, call(instance, EXPORTS, "[method]x.get-a", x));
        call(instance, EXPORTS, "[method]x.set-a", x, 10);
        same(10, call(instance, EXPORTS, "[method]x.get-a", x));
        var sum = call(instance, EXPORTS, "[static]x.add", x, 5);
        same(15, call(instance, EXPORTS, "[method]x.get-a", sum));
        call(instance, EXPORTS, "consume", sum);
    }

    private void dropsResources() throws DiffersException {
        var instance = instances.get();
        long before = (long) Objects.requireNonNull(call(instance, EXPORTS, "[static]z.num-dropped"));
        var made = new ArrayList<GuestResource>();
        made.add((GuestResource) call(instance, EXPORTS, "[constructor]z", 10));
        made.add((GuestResource) call(instance, EXPORTS, "[constructor]z", 20));
        made.add((GuestResource) call(instance, EXPORTS, "add", made.get(0), made.get(1)));
        same(30, call(instance, EXPORTS, "[method]z.get-a", made.get(2)));
        made.forEach(instance::drop);
        same(before + made.size(), call(instance, EXPORTS, "[static]z.num-dropped"));
    }

    private void takesResources() throws DiffersException {
        var instance = instances.get();
        var kebab = call(instance, EXPORTS, "[constructor]kebab-case", 20L);
        same(20L, call(instance, EXPORTS, "[method]kebab-case.get-a", kebab));
        same(20L, call(instance, EXPORTS, "[static]kebab-case.take-owned", kebab));
    }

    private static @Nullable Object call(
            ComponentInstance instance, String interfaceName, String function, Object... args) throws DiffersException {
        return instance.function(interfaceName, function)
                .orElseThrow(() -> new DiffersException("an exported function " + function, "none"))
                .call(args);
    }

    private static void same(Object expected, @Nullable Object got) throws DiffersException {
        if (!expected.equals(got)) {
            throw new DiffersException(expected.toString(), String.valueOf(got));
        }
    }
}

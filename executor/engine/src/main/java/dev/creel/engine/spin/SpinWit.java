package dev.creel.engine.spin;

import dev.creel.component.wit.Wit;
import dev.creel.component.wit.WitInterface;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The declarations of Spin's interfaces, read once from the texts beside the module's classes. */
final class SpinWit {
    private static final List<String> FILES = List.of("spin1", "spin2", "postgres", "sqlite", "keyvalue", "config");
    private static final Map<String, WitInterface> ALL =
            Wit.parse(FILES.stream().map(SpinWit::text).toArray(String[]::new));

    /** What guests of Spin 1 import and export; nobody imports the exports. */
    private static final Map<String, WitInterface> SPIN_1 = Wit.parse(text("spin1"), text("spin1-exports"));

    private SpinWit() {}

    /** The declaration of an interface of Spin 1, by its name without package. */
    static WitInterface spin1(String name) {
        var found = SPIN_1.get("fermyon:spin/" + name);
        if (found == null) {
            throw new IllegalArgumentException("no WIT text declares fermyon:spin/" + name);
        }
        return found;
    }

    /** The declaration with this full name. */
    static WitInterface of(String name) {
        var found = ALL.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no WIT text declares " + name);
        }
        return found;
    }

    /** Names of all that is declared. */
    static Iterable<String> names() {
        return ALL.keySet();
    }

    private static String text(String name) {
        var resource = "/dev/creel/engine/" + name + ".wit";
        try (var in = SpinWit.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + resource, e);
        }
    }
}

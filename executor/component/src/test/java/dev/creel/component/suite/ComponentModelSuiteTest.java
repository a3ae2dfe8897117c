package dev.creel.component.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The component model's own scripts, made into JSON and binaries by the conformance folder's {@code wast2json.mjs}, in the folder
 * that {@code -Dcreel.component-suite} names.
 */
final class ComponentModelSuiteTest {
    /** Calls of built-ins and functions of WASI 0.3, which trap. */
    private static final Set<String> KNOWN =
            Set.of("post-return.json:292", "post-return.json:293", "post-return.json:358", "variants.json:186");

    @Test
    void playsEveryScriptOfTheSynchronousAreas() throws IOException {
        var named = System.getProperty("creel.component-suite", "");
        Assumptions.assumeTrue(!named.isEmpty(), "no folder with the suite made into JSON: -Dcreel.component-suite");
        var differences = new TreeMap<String, String>();
        int passed = 0;
        int undecided = 0;
        try (var files = Files.walk(Path.of(named))) {
            for (var file : (Iterable<Path>)
                    files.filter(one -> one.toString().endsWith(".json")).sorted()::iterator) {
                var script = new ComponentScript(file);
                script.play();
                passed += script.passed;
                undecided += script.undecided;
                differences.putAll(script.differences);
            }
        }
        assertTrue(passed > 0, "no scripts in " + named);
        System.out.println(passed + " commands of the component model's suite pass, " + undecided
                + " are about features that are refused");
        differences.keySet().removeAll(KNOWN);
        differences.forEach((place, what) -> System.out.println(place + " " + what));
        assertEquals(Map.of(), differences);
    }
}

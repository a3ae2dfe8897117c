package dev.creel.component.chicory;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plays the core specification's own suite where it is at hand: {@code -Dcreel.conformance=DIR}. */
final class CoreSpecificationTest {
    @Test
    void passesTheSpecificationsSuiteButForKnownDifferences(@TempDir Path unpacked) throws IOException {
        var archive = Conformance.folder().resolve("core/core.tar.gz");
        Assumptions.assumeTrue(
                Files.isReadable(archive), "no " + archive + "; say -Dcreel.conformance=DIR to play the core suite");
        Conformance.unpack(archive, unpacked);
        var engine = new ChicoryEngine();
        var spectest = CoreGuests.code(engine, "spectest");
        Map<String, String> differences = new TreeMap<>();
        var passed = 0;
        try (var folders = Files.list(unpacked)) {
            for (var folder : folders.filter(Files::isDirectory).sorted().toList()) {
                var script = new SpecScript(engine, folder, spectest.instantiate(java.util.List.of(), CoreGuests.UNLIMITED));
                script.play();
                passed += script.passed;
                differences.putAll(script.differences);
            }
        }
        differences.forEach((place, what) -> System.out.println(place + " " + what));
        System.out.println("core suite: " + passed + " passed, " + differences.size() + " differ");
        assertTrue(passed > 1);
    }
}

package dev.creel.component.chicory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plays the core specification's own suite where it is at hand: {@code -Dcreel.conformance=DIR}. */
final class CoreSpecificationTest {
    private static final int PASSED_AT_LEAST = 25_905;

    /** Script, or script and line, in which Chicory 1.7.5 differs → why. */
    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("global:675", "accepts a global that names a later one; making an instance fails"),
            Map.entry("id:1", "refuses names that are UTF-8, but unusual"),
            Map.entry("ref_null", "garbage collected values are refused"),
            Map.entry("return_call:", "tail calls use up the stack"),
            Map.entry("return_call_indirect:", "tail calls use up the stack"),
            Map.entry("return_call_ref:", "tail calls use up the stack"),
            Map.entry("table:9", "a table of more than ten million elements is refused"),
            Map.entry("table_copy_mixed:2", "tables with 64-bit indices are refused"),
            Map.entry("table_init:2272", "garbage collected values are refused"),
            Map.entry("table_init:2286", "needs the module of 2272"),
            Map.entry("tag:49", "recursive type groups are not told apart"),
            Map.entry("tag:60", "recursive type groups are not told apart"),
            Map.entry("try_table:334", "a tail call stays within the handlers that it should leave"),
            Map.entry("try_table:335", "a tail call stays within the handlers that it should leave"),
            Map.entry("try_table:420", "a caught exception reference counts as one that may be null"),
            Map.entry("try_table:46", "needs the module of 420"));

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
        for (var folder : scripts(unpacked)) {
            var script = new SpecScript(engine, folder, spectest.instantiate(List.of(), CoreGuests.UNLIMITED));
            script.play();
            passed += script.passed;
            differences.putAll(script.differences);
        }
        differences.keySet().removeIf(place -> KNOWN.keySet().stream().anyMatch(place::startsWith));
        assertEquals(Map.of(), differences);
        assertTrue(passed >= PASSED_AT_LEAST, passed + " commands passed");
    }

    private static List<Path> scripts(Path folder) throws IOException {
        try (var folders = Files.list(folder)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }
}

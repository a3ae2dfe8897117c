package dev.creel.component.abi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.creel.component.plan.CallCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.ObjectMapper;

/** Plays the vectors that the specification's executable definition answered. They are no part of this project. */
@ParameterizedClass
@EnumSource(CallCode.class)
final class CanonicalVectorsTest {
    private final CanonicalVectors vectors;

    CanonicalVectorsTest(CallCode calls) {
        this.vectors = new CanonicalVectors(calls);
    }

    @Test
    void flattensAndLaysOutTypes() throws IOException {
        play("flatten");
    }

    @Test
    void lowersValues() throws IOException {
        play("lower");
    }

    @Test
    void liftsValuesOrTraps() throws IOException {
        play("lift");
    }

    @Test
    void getsBackWhatItLowered() throws IOException {
        play("roundtrip");
    }

    private void play(String kind) throws IOException {
        var named = System.getProperty("creel.conformance");
        var folder = named != null ? Path.of(named) : Path.of("../../../shared/conformance");
        var file = folder.resolve("vectors/canonical-abi.jsonl.gz");
        assumeTrue(Files.exists(file), "skipped: no canonical ABI vectors at " + file);
        var mapper = new ObjectMapper();
        var failures = new ArrayList<String>();
        int played = 0;
        try (var lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var vector = mapper.readTree(line);
                if (!vector.get("kind").stringValue().equals(kind) || vector.has("features")) {
                    continue;
                }
                played++;
                try {
                    vectors.play(vector);
                } catch (RuntimeException | AssertionError e) {
                    failures.add(vector.get("id") + " " + vector.get("about") + ": " + e);
                }
            }
        }
        assertEquals(List.of(), failures, failures.size() + " of " + played);
        assertTrue(played > 100, "vectors played");
    }
}

package dev.creel.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.codegen.EngineChoice;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UsageTest {
    @TempDir
    private Path data;

    private String refused(String... args) throws Exception {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = Conformance.run(data, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
        assertEquals(2, code);
        return err.toString(UTF_8);
    }

    @Test
    void anUnknownSuiteIsRefusedNamingTheKnownOnes() throws Exception {
        assertTrue(refused("--suite", "wasi")
                .contains("no suite is called wasi; there are component-model-" + EngineChoice.DEFAULT.word()));
    }

    @Test
    void aFolderThatIsNotThereIsRefused() throws Exception {
        assertTrue(refused("--data", data.resolve("none").toString()).contains("there is no folder"));
    }

    @Test
    void aSuiteThatIsNotThereIsRefused() throws Exception {
        assertTrue(refused("--suite=vectors").contains("has no folder vectors"));
    }

    @Test
    void unknownArgumentsAndMissingValuesAreRefused() throws Exception {
        assertTrue(refused("--sweet", "x").contains("unknown argument --sweet"));
        assertTrue(refused("--suite").contains("--suite needs a value"));
        assertTrue(refused("--engine", "jet").contains("no engine is called \"jet\"; there are codegen, chicory"));
    }

    @Test
    void aFilterThatMatchesNothingIsRefused() throws Exception {
        Files.createDirectory(data.resolve("wasi-p1"));
        assertTrue(refused("--filter", "nowhere").contains("nothing matches --filter nowhere"));
    }
}

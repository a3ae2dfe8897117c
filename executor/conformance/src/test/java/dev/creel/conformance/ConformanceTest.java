package dev.creel.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.creel.codegen.EngineChoice;
import dev.creel.conformance.data.CacheFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Plays the public suites where they are at hand: {@code -Dcreel.conformance=DIR}, else beside the repository. */
final class ConformanceTest {
    @Test
    void nothingFailsButWhatIsListed() throws IOException, InterruptedException {
        var data = Path.of(System.getProperty("creel.conformance", "../../../shared/conformance"));
        Assumptions.assumeTrue(
                Files.isDirectory(data),
                "no public suites at " + data + "; -Dcreel.conformance=DIR says where they are");
        var options = new Options(data, Optional.empty(), "", EngineChoice.DEFAULT);
        var suites = Conformance.suites(CacheFolder.ofUser(), options.engine()).stream()
                .filter(suite -> Files.isDirectory(data.resolve(suite.folder())))
                .toList();
        var report = Conformance.play(options, suites);
        report.print(System.out);
        assertEquals(0, report.failed(), "failures, which are printed above");
    }
}

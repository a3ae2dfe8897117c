package dev.creel.e2e.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DensityTest {
    @TempDir
    Path folder;

    /** The benchmark, small: that each application's answer names it proves that applications with one code key keep their own data. */
    @Test
    void manyApplicationsWithSharedAndOwnCodeAnswerEachForItself() throws Exception {
        var apps = Density.small(MarkedGuest.small(), 25, 3, 5);
        assertEquals(
                20,
                new Density(folder, 4, 2)
                        .measure("25 small applications", apps, 8)
                        .answers());
    }
}

package dev.creel.component.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A short run of each target, with the same seeds each time. */
final class FuzzTest {
    private static final long SEED = 20260821;
    private static final Duration TIME = Duration.ofSeconds(4);

    static Stream<Target> targets() {
        return Fuzz.targets().stream();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void hostileInputIsRefusedAsDeclaredSoonAndCheaply(Target target) throws Exception {
        var hunt = new Hunt(target).run(SEED, TIME, 5);
        assertEquals(List.of(), hunt.findings());
        assertTrue(hunt.attacks() > 10, hunt.attacks() + " attacks only");
    }
}

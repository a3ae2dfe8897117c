package dev.creel.codegen.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A short run, always of the same plays. */
final class DifferencesTest {
    private static final long SEED = 7_042;
    private static final int PLAYS = 15;
    /** Both arms of an {@code if} that a switch leaves were cut as one. */
    private static final List<Play> FOUND =
            List.of(Play.of(67, Features.NONE, Features.NONE), Play.of(7_041, Features.NONE, Features.NONE));

    /** Where Chicory's interpreter is wrong: wasmtime sees what we see. After a change to what plays are made of, ask it again. */
    private static final Set<Long> CHICORY_ALONE = Set.of(7_056L);

    private static final List<Comparison.Result> RESULTS = new ArrayList<>();

    @BeforeAll
    static void play() throws InterruptedException {
        for (var play : FOUND) {
            RESULTS.add(Comparison.of(play));
        }
        for (var seed = SEED; seed < SEED + PLAYS; seed++) {
            RESULTS.add(Comparison.of(Play.of(seed)));
        }
    }

    @Test
    void functionsCutInPiecesDoWhatWholeOnesDo() {
        for (var result : RESULTS) {
            assertEquals(
                    List.of(), result.differences(), "seed " + result.play().seed());
        }
    }

    @Test
    void chicorysInterpreterSeesTheSame() {
        var alone = new TreeSet<Long>();
        for (var result : RESULTS) {
            if (!result.doubt().isEmpty()) {
                alone.add(result.play().seed());
            }
        }
        assertEquals(new TreeSet<>(CHICORY_ALONE), alone);
    }

    @Test
    void playsEndInManyWays() {
        var traps = new HashSet<String>();
        RESULTS.forEach(result -> result.seen().forEach(seen -> traps.add(seen.trap())));
        assertTrue(traps.size() >= 6, traps.toString());
        assertTrue(traps.contains(""));
    }
}

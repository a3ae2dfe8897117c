package dev.creel.conformance.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The runner itself, on made-up suites. */
final class RunTest {
    private static final Trial.Check PASSES = () -> {};
    private static final Trial.Check FAILS = () -> {
        throw new DiffersException("the one", "the other");
    };
    private static final Trial.Check DEPENDS = () -> {
        throw new DependsException("");
    };
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private record Made(String name, List<Trial> trials) implements Script {}

    private static Suite suite(Script... scripts) {
        return new Suite() {
            @Override
            public String name() {
                return "made";
            }

            @Override
            public List<Script> scripts(Path folder) {
                return List.of(scripts);
            }
        };
    }

    /** A script whose trials stand at lines 1, 2 … */
    private static Script script(String name, Trial.Check... checks) {
        var lines = new int[] {0};
        return new Made(
                name,
                Arrays.stream(checks)
                        .map(check -> new Trial(name + ":" + ++lines[0], "checks", check))
                        .toList());
    }

    private static Report play(String skips, Script... scripts) throws Exception {
        return play(skips, DEADLINE, "", scripts);
    }

    private static Report play(String skips, Duration deadline, String filter, Script... scripts) throws Exception {
        return new Run(Path.of("."), new Filter(filter), SkipList.parse(skips), deadline, 2, false)
                .of(List.of(suite(scripts)));
    }

    private static String printed(Report report) {
        var bytes = new ByteArrayOutputStream();
        report.print(new PrintStream(bytes, true, UTF_8));
        return bytes.toString(UTF_8);
    }

    private static void counts(int passed, int failed, int skipped, Report report) {
        assertEquals(
                passed + " passed, " + failed + " failed, " + skipped + " skipped",
                printed(report).lines().toList().getLast());
    }

    @Test
    void aFailureTellsWhereItIsWhatWasExpectedAndWhatCame() throws Exception {
        var report = play("", script("a", PASSES, FAILS));
        counts(1, 1, 0, report);
        assertTrue(
                printed(report).contains("FAILED made a:2 checks\n    expected the one\n    got      the other"),
                printed(report));
    }

    @Test
    void whatNeverEndsIsAFailureAndTheRestIsPlayed() throws Exception {
        var never = new CountDownLatch(1);
        var report = play("", Duration.ofMillis(100), "", script("a", never::await, PASSES));
        counts(1, 1, 0, report);
        assertTrue(printed(report).contains("until it was interrupted"), printed(report));
    }

    @Test
    void aListedFailureIsSkippedAndSoIsWhatNeedsIt() throws Exception {
        var report = play("| `made` | `a:2` | not yet | section 1 |", script("a", DEPENDS, FAILS, DEPENDS, PASSES));
        counts(1, 1, 2, report);
        assertTrue(printed(report).contains("not yet (section 1)"), printed(report));
    }

    @Test
    void aListedTrialThatPassesIsStaleAndFails() throws Exception {
        var report = play("| `made` | `a:1` | not yet | section 1 |", script("a", PASSES));
        counts(1, 1, 0, report);
        assertTrue(printed(report).contains("STALE line 1 of the list of skips: made a:1"), printed(report));
    }

    @Test
    void aPatternIsStaleOnlyWhenNothingOfItFails() throws Exception {
        var list = "| `*` | `a*:*` | not yet | section 1 |";
        counts(1, 0, 1, play(list, script("a", PASSES), script("ab", FAILS)));
        counts(2, 1, 0, play(list, script("a", PASSES), script("ab", PASSES)));
    }

    @Test
    void aListedScriptCountsOnceUntilItPassesWhole() throws Exception {
        var list = "| `made` | `a` | not yet | section 1 |";
        counts(0, 0, 1, play(list, script("a", PASSES, FAILS, FAILS)));
        counts(0, 1, 1, play(list, script("a", PASSES, PASSES)));
    }

    @Test
    void aTagSelectsTrials() throws Exception {
        var tagged = new Trial("a:1", "checks", Set.of("text"), FAILS);
        var report =
                play("| `*` | `* [text]` | no text | section 1 |", new Made("a", List.of(tagged)), script("b", FAILS));
        counts(0, 1, 1, report);
    }

    @Test
    void aFilterPlaysWhatALineNeedsButCountsTheLineOnly() throws Exception {
        var report = play("", DEADLINE, "made/a:2", script("a", FAILS, PASSES, FAILS), script("b", FAILS));
        counts(1, 0, 0, report);
    }

    @Test
    void aRowWithoutReasonIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> SkipList.parse("| `made` | `a` |  | section 1 |"));
    }

    @Test
    void aMissingToolSkipsItsSuiteUnlessItIsNeeded() throws Exception {
        for (boolean needed : new boolean[] {false, true}) {
            var suite = new Suite() {
                @Override
                public String name() {
                    return "made";
                }

                @Override
                public List<Script> scripts(Path folder) throws MissingToolException {
                    throw new MissingToolException("no node");
                }
            };
            var report =
                    new Run(Path.of("."), new Filter(""), SkipList.parse(""), DEADLINE, 1, needed).of(List.of(suite));
            counts(0, needed ? 1 : 0, needed ? 0 : 1, report);
            assertTrue(printed(report).contains("no node"), printed(report));
        }
    }
}

package dev.creel.cli.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.chassis.json.Json;
import dev.creel.chassis.json.NumbersJson;
import dev.creel.contract.ProblemException;
import dev.creel.contract.app.AppId;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.board.NodeId;
import dev.creel.contract.numbers.AppNumbers;
import dev.creel.contract.numbers.Counted;
import dev.creel.contract.numbers.Counts;
import dev.creel.contract.numbers.NodeNumbers;
import dev.creel.contract.numbers.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private static final AppId BUSY = AppId.random();
    private static final AppId QUIET = AppId.random();

    @Test
    void showsWhatHappenedSinceTheNodesStarted() {
        var lines = Screen.of(look(node("one", 10, 2_500_000_000L), node("two", 5, 500_000_000L)), 20);
        assertEquals(
                "NODE                  REQUESTS   LANES   WAIT   APPS      CPU  REFUSED GUESTS-MIB   HEAP-MIB",
                lines.get(0));
        assertEquals(
                "one                         11     1/2      7      2    2.5 s        1          3          0",
                lines.get(1));
        assertEquals(
                "two                          6     1/2      7      2    0.5 s        1          3          0",
                lines.get(2));
        assertEquals("all                         17     2/4     14           3.0 s        2", lines.get(3));
        assertTrue(lines.get(5).startsWith("APP (TENANT)                           REQUESTS    NOW"), lines.get(5));
        assertEquals(
                "busy (owner)                                 15      2         15     3.0 s         4         2         0",
                lines.get(6));
        assertTrue(lines.get(7).startsWith(QUIET.toString()), "what has no name any more: " + lines.get(7));
    }

    @Test
    void showsWhatHappenedASecondBetweenTwoLooks() {
        var before = look(node("one", 10, 1_000_000_000L));
        var now = look(node("one", 30, 2_000_000_000L), node("new", 4, 0));
        var lines = Screen.of(now, before, Duration.ofSeconds(2), 1);
        assertTrue(lines.get(0).contains("REQ/S"), lines.get(0));
        assertTrue(lines.get(1).matches("one +10\\.0 +1/2 +7 +2 +50\\.0 % .*"), lines.get(1));
        assertTrue(lines.get(2).matches("new +2\\.5 .*"), "has started since: " + lines.get(2));
        assertTrue(lines.get(6).matches("busy \\(owner\\) +12\\.0 .*"), lines.get(6));
        assertEquals(7, lines.size(), "one application was asked for");
    }

    @Test
    void countsThatHaveBegunAgainAreNotNegative() {
        var lines = Screen.of(look(node("one", 2, 0)), look(node("one", 100, 0)), Duration.ofSeconds(1), 5);
        assertTrue(lines.get(1).matches("one +3\\.0 .*"), lines.get(1));
    }

    @Test
    void namesNodesThatDoNotAnswer() {
        var document = Map.of(
                "nodes",
                List.of(Map.of("node", "lost", "endpoint", "h:1", "problem", "connection refused")),
                "apps",
                List.of());
        var lines = Screen.of(Look.read(Json.write(document)), 20);
        assertTrue(lines.contains("lost                 does not answer: connection refused"), lines.toString());
    }

    @Test
    void refusesWhatIsNoDocumentOfNumbers() {
        var wrong = "{\"nodes\": [{}], \"apps\": []}".getBytes(StandardCharsets.UTF_8);
        var refused = assertThrows(ProblemException.class, () -> Look.read(wrong));
        assertTrue(
                refused.problem().detail().contains("nodes[0].node"),
                refused.problem().detail());
    }

    private static Look look(NodeNumbers... nodes) {
        var answered = new ArrayList<Map<String, Object>>();
        for (var node : nodes) {
            answered.add(Map.of("node", node.node().value(), "endpoint", "h:1", "numbers", NumbersJson.document(node)));
        }
        var names = List.of(Map.of("app", BUSY.toString(), "name", "busy", "tenant", "owner"));
        return Look.read(Json.write(Map.of("nodes", answered, "apps", names)));
    }

    private static NodeNumbers node(String name, long requests, long cpuNanos) {
        var tenant = TenantId.random();
        var busy = new Counts(Map.of(
                Counted.REQUESTS, requests,
                Counted.RUNS, requests,
                Counted.CPU_NANOS, cpuNanos,
                Counted.TRAPPED, 2L,
                Counted.OUT_OF_TIME, 1L));
        var quiet = new Counts(Map.of(Counted.REQUESTS, 1L, Counted.QUEUE, 1L));
        var readings = List.of(
                gauge("lanes_running", 1),
                gauge("lanes_permits", 2),
                gauge("lanes_waiting", 7),
                gauge("memory_used_bytes", 3 << 20));
        var apps = List.of(new AppNumbers(QUIET, tenant, 0, quiet), new AppNumbers(BUSY, tenant, 1, busy));
        return new NodeNumbers(
                new NodeId(name), Instant.parse("2026-01-01T00:00:00Z"), busy.plus(quiet), readings, apps, 2);
    }

    private static Reading gauge(String name, long value) {
        return new Reading(name, Reading.Kind.GAUGE, "for a test", Map.of(), value);
    }
}

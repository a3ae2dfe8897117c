package dev.creel.chassis.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.ProblemCode;
import dev.creel.contract.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
    record Part(int number) {}

    record Whole(String name, Optional<String> note, List<Part> parts) {}

    record Stamp(UUID id, Instant at) {}

    private static Whole read(String json) {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), Whole.class);
    }

    @Test
    void readsRecordsAndIgnoresUnknownKeys() {
        assertEquals(
                new Whole("a", Optional.empty(), List.of(new Part(1))),
                read("{\"name\":\"a\",\"parts\":[{\"number\":1,\"x\":2}],\"more\":{}}"));
        assertEquals(
                Optional.of("n"),
                read("{\"name\":\"a\",\"note\":\"n\",\"parts\":[]}").note());
        assertEquals(
                Optional.empty(),
                read("{\"name\":\"a\",\"note\":null,\"parts\":[]}").note());
    }

    @Test
    void writesWhatIsThereAndNothingElse() {
        assertEquals(
                "{\"name\":\"a\",\"parts\":[{\"number\":1}]}",
                Json.text(new Whole("a", Optional.empty(), List.of(new Part(1)))));
    }

    @Test
    void writesTimesAsText() {
        var stamp = new Stamp(new UUID(1, 2), Instant.parse("2026-01-02T03:04:05Z"));
        assertEquals(
                "{\"id\":\"00000000-0000-0001-0000-000000000002\",\"at\":\"2026-01-02T03:04:05Z\"}", Json.text(stamp));
        assertEquals(stamp, Json.read(Json.write(stamp), Stamp.class));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"name":"a","parts":[{"number":"x"}]}|parts[0].number
            {"name":"a","parts":[{}]}|parts[0].number
            {"name":"a","parts":[{"number":null}]}|parts[0].number
            {"parts":[]}|name
            {"name":null,"parts":[]}|name
            {"name":"a"}|parts
            {"name":"a","name":"b","parts":[]}|name
            {"name":"a","parts":[]} x|line 1
            {"name":|line 1
            null|null
            """)
    void namesThePlaceOfWhatItRefuses(String json, String named) {
        var refused = assertThrows(ProblemException.class, () -> read(json));
        assertEquals(ProblemCode.INVALID, refused.problem().code());
        assertTrue(refused.problem().detail().contains(named), refused.problem().detail());
    }

    @Test
    void refusesDeepNesting() {
        var deep = "[".repeat(Json.DEPTH_MAX + 1) + "]".repeat(Json.DEPTH_MAX + 1);
        assertThrows(ProblemException.class, () -> Json.tree(deep.getBytes(StandardCharsets.UTF_8)));
        var fine = "[".repeat(Json.DEPTH_MAX) + "]".repeat(Json.DEPTH_MAX);
        assertTrue(Json.tree(fine.getBytes(StandardCharsets.UTF_8)).isArray());
    }

    @Test
    void refusesDocumentsOverTheLimit() {
        var large = "\"" + "x".repeat(Json.DOCUMENT_MAX) + "\"";
        assertThrows(ProblemException.class, () -> Json.tree(large.getBytes(StandardCharsets.UTF_8)));
    }
}

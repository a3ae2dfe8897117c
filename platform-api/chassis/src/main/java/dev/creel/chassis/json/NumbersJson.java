package dev.creel.chassis.json;

import dev.creel.contract.ProblemCode;
import dev.creel.contract.app.AppId;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.board.NodeId;
import dev.creel.contract.numbers.AppNumbers;
import dev.creel.contract.numbers.Counted;
import dev.creel.contract.numbers.Counts;
import dev.creel.contract.numbers.NodeNumbers;
import dev.creel.contract.numbers.Reading;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The numbers of a node as a JSON document, between executors, control and the command line. Counts that are 0 are left out; names that a
 * reader does not know are skipped, because nodes of another version write them.
 */
public final class NumbersJson {
    private NumbersJson() {}

    /** The document, for {@link Json#write} or as a part of another one. */
    public static Map<String, Object> document(NodeNumbers numbers) {
        var document = new LinkedHashMap<String, Object>();
        document.put("node", numbers.node().value());
        document.put("time", numbers.time().toString());
        document.put("totals", counts(numbers.totals()));
        document.put(
                "readings",
                numbers.readings().stream().map(NumbersJson::reading).toList());
        document.put("apps", numbers.apps().stream().map(NumbersJson::app).toList());
        document.put("appsCounted", numbers.appsCounted());
        return document;
    }

    private static Map<String, Object> counts(Counts counts) {
        var document = new LinkedHashMap<String, Object>();
        for (var what : Counted.values()) {
            if (counts.of(what) != 0) {
                document.put(what.word(), counts.of(what));
            }
        }
        return document;
    }

    private static Map<String, Object> reading(Reading reading) {
        var document = new LinkedHashMap<String, Object>();
        document.put("name", reading.name());
        document.put("kind", reading.kind().name().toLowerCase(Locale.ROOT));
        document.put("help", reading.help());
        document.put("labels", reading.labels());
        document.put("value", reading.value());
        return document;
    }

    private static Map<String, Object> app(AppNumbers app) {
        var document = new LinkedHashMap<String, Object>();
        document.put("app", app.app().toString());
        document.put("tenant", app.tenant().toString());
        document.put("requestsNow", app.requestsNow());
        document.put("counts", counts(app.counts()));
        return document;
    }

    /** Reads what {@link #document} made; a refusal is a {@code ProblemException} INVALID. */
    public static NodeNumbers read(byte[] bytes) {
        return read(JsonAt.root("document of a node's numbers", bytes, ProblemCode.INVALID));
    }

    /** As {@link #read(byte[])}, of a part of a document. */
    public static NodeNumbers read(JsonAt at) {
        try {
            return new NodeNumbers(
                    new NodeId(at.need("node").text()),
                    Instant.parse(at.need("time").text()),
                    counts(at.need("totals")),
                    at.need("readings").items().stream()
                            .map(NumbersJson::reading)
                            .toList(),
                    at.need("apps").items().stream().map(NumbersJson::app).toList(),
                    Math.toIntExact(at.need("appsCounted").number()));
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw at.refusal("is no document of numbers: " + e.getMessage());
        }
    }

    private static Counts counts(JsonAt at) {
        var counts = new EnumMap<Counted, Long>(Counted.class);
        for (var what : Counted.values()) {
            at.find(what.word()).ifPresent(count -> counts.put(what, count.number()));
        }
        return new Counts(counts);
    }

    private static Reading reading(JsonAt at) {
        return new Reading(
                at.need("name").text(),
                at.need("kind").text().equals("counter") ? Reading.Kind.COUNTER : Reading.Kind.GAUGE,
                at.need("help").text(),
                at.need("labels").textMap(),
                at.need("value").number());
    }

    private static AppNumbers app(JsonAt at) {
        return new AppNumbers(
                AppId.parse(at.need("app").text()),
                TenantId.parse(at.need("tenant").text()),
                at.need("requestsNow").number(),
                counts(at.need("counts")));
    }
}

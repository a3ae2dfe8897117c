package dev.creel.host.app;

import dev.creel.chassis.json.Json;
import dev.creel.host.route.StaticResponse;
import dev.creel.wasi.http.Header;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;

/**
 * An answer that needs no guest.
 *
 * @param status its status
 * @param headers its headers
 * @param body all of it
 */
public record FixedAnswer(int status, List<Header> headers, byte[] body) {
    private static final Header PLAIN = header("content-type", "text/plain; charset=utf-8");

    /** A status and nothing else. */
    public static FixedAnswer empty(int status) {
        return new FixedAnswer(status, List.of(), new byte[0]);
    }

    /** A document. */
    public static FixedAnswer json(byte[] document) {
        return new FixedAnswer(200, List.of(header("content-type", "application/json")), document);
    }

    /** A refusal: a status and one sentence. */
    public static FixedAnswer refused(int status, String reason) {
        return new FixedAnswer(status, List.of(PLAIN), line(reason));
    }

    /** A refusal, after which a client may ask again when {@code wait} is over. */
    public static FixedAnswer later(int status, String reason, Duration wait) {
        return new FixedAnswer(
                status, List.of(PLAIN, header("retry-after", Long.toString(seconds(wait)))), line(reason));
    }

    private static byte[] line(String sentence) {
        return (sentence + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Whole seconds in which all of {@code wait} is over. */
    static long seconds(Duration wait) {
        return wait.plusSeconds(1).minusNanos(1).toSeconds();
    }

    /** What the manifest says. */
    public static FixedAnswer of(StaticResponse fixed) {
        var headers = new ArrayList<Header>();
        fixed.headers().forEach((name, value) -> headers.add(header(name.toLowerCase(Locale.ROOT), value)));
        return new FixedAnswer(fixed.status(), headers, fixed.body().getBytes(StandardCharsets.UTF_8));
    }

    /** {@code /.well-known/spin/health}. */
    public static FixedAnswer health() {
        return new FixedAnswer(200, List.of(), "OK".getBytes(StandardCharsets.UTF_8));
    }

    /** {@code /.well-known/spin/info}. */
    public static FixedAnswer info(RunningApp app) {
        var info = new LinkedHashMap<String, Object>();
        info.put("name", app.locked().name());
        if (!app.locked().version().isEmpty()) {
            info.put("version", app.locked().version());
        }
        app.manifest().ifPresent(digest -> info.put("oci_image_digest", digest.toString()));
        return json(Json.pretty(info).getBytes(StandardCharsets.UTF_8));
    }

    private static Header header(String name, String value) {
        return new Header(name, value.getBytes(StandardCharsets.UTF_8));
    }
}

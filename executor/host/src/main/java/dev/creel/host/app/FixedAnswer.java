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
    /** A status and nothing else. */
    public static FixedAnswer empty(int status) {
        return new FixedAnswer(status, List.of(), new byte[0]);
    }

    /** Nothing now; a client may ask again after {@code wait}. */
    public static FixedAnswer later(Duration wait) {
        return new FixedAnswer(503, List.of(header("retry-after", Long.toString(seconds(wait)))), new byte[0]);
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
        return new FixedAnswer(
                200,
                List.of(header("content-type", "application/json")),
                Json.pretty(info).getBytes(StandardCharsets.UTF_8));
    }

    private static Header header(String name, String value) {
        return new Header(name, value.getBytes(StandardCharsets.UTF_8));
    }
}

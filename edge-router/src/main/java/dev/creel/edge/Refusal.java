package dev.creel.edge;

import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * An answer of the edge itself: a line of plain text.
 *
 * @param status HTTP status
 * @param reason one sentence
 * @param retryAfter seconds for {@code retry-after}, if trying again can help
 */
record Refusal(int status, String reason, @Nullable String retryAfter) {
    static Refusal of(int status, String reason) {
        return new Refusal(status, reason, null);
    }

    static Refusal later(int status, String reason) {
        return new Refusal(status, reason, "1");
    }

    void send(HttpServerResponse response) {
        response.setStatusCode(status);
        response.putHeader("content-type", "text/plain; charset=utf-8");
        if (retryAfter != null) {
            response.putHeader("retry-after", retryAfter);
        }
        response.end(reason + "\n");
    }
}

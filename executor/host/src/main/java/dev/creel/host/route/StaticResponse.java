package dev.creel.host.route;

import java.util.Map;

/**
 * An answer that stands in the application's manifest; no component runs for it.
 *
 * @param status 100 to 599
 * @param headers name → value
 * @param body text, sent as UTF-8
 */
public record StaticResponse(int status, Map<String, String> headers, String body) {
    public StaticResponse {
        headers = Map.copyOf(headers);
        if (status < 100 || status > 599) {
            throw new IllegalArgumentException("a static response cannot have status " + status);
        }
    }
}

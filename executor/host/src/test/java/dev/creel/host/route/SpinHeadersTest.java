package dev.creel.host.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpinHeadersTest {
    @Test
    void describesHowAComponentWasReached() {
        var route = new MatchedRoute("/api/:tenant/...", "/", Map.of("tenant", "acme"), "/x/y");
        assertEquals(
                Map.of(
                        "spin-path-info", "/x/y",
                        "spin-full-url", "http://h:80/api/acme/x/y?q=1",
                        "spin-matched-route", "/api/:tenant/...",
                        "spin-base-path", "/",
                        "spin-raw-component-route", "/api/:tenant/...",
                        "spin-component-route", "/api/:tenant",
                        "spin-client-addr", "203.0.113.7:51612",
                        "spin-path-match-tenant", "acme"),
                headers(route, "/api/acme/x/y?q=1"));
    }

    @Test
    void leavesTheMatchedRouteEmptyForTheRoot() {
        var headers = headers(new MatchedRoute("/", "/", Map.of(), ""), "/");
        assertEquals("", headers.get("spin-matched-route"));
        assertEquals("/", headers.get("spin-component-route"));
        assertEquals("/", headers.get("spin-raw-component-route"));
    }

    @Test
    void leavesTheComponentRouteEmptyForEverything() {
        var headers = headers(MatchedRoute.chained("/x"), "/x");
        assertEquals("", headers.get("spin-component-route"));
        assertEquals("/...", headers.get("spin-matched-route"));
        assertEquals("/x", headers.get("spin-path-info"));
    }

    @Test
    void writesParameterNamesAsHeaderNames() {
        var route = new MatchedRoute("/:Path_end", "/", Map.of("Path_end", "v"), "");
        assertEquals("v", headers(route, "/v").get("spin-path-match-path-end"));
    }

    @Test
    void reservesItsPrefix() {
        assertTrue(SpinHeaders.reserved("spin-full-url"));
        assertTrue(SpinHeaders.reserved("spin-anything"));
        assertFalse(SpinHeaders.reserved("x-spin"));
    }

    private static Map<String, String> headers(MatchedRoute route, String pathWithQuery) {
        var map = new LinkedHashMap<String, String>();
        for (var header : SpinHeaders.of(new Arrival(route, "http", "h:80", pathWithQuery, "203.0.113.7:51612"))) {
            map.put(header.name(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return map;
    }
}

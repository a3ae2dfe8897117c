package dev.creel.host.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.creel.wasi.http.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CgiRequestTest {
    private static final Executor.Wagi PLAIN = new Executor.Wagi("${SCRIPT_NAME} ${ARGS}");

    @Test
    void tellsOfTheRequestAsCgiDoes() {
        var route = new MatchedRoute("/who/:Some-One/...", "/b", Map.of("Some-One", "ann"), "/a%20b/%c3%bc%zz");
        var arrival = new Arrival(route, "https", "shop.test:8443", "/b/who/ann/a%20b?x=1&y", "[2001:db8::7]:51612");
        var variables = variables(arrival);
        var expected = Map.ofEntries(
                Map.entry("AUTH_TYPE", ""),
                Map.entry("CONTENT_TYPE", ""),
                Map.entry("GATEWAY_INTERFACE", "CGI/1.1"),
                Map.entry("HTTP_HOST", "shop.test:8443"),
                Map.entry("PATH_INFO", "/a%20b/%c3%bc%zz"),
                Map.entry("PATH_TRANSLATED", "/a b/ü%zz"),
                Map.entry("QUERY_STRING", "x=1&y"),
                Map.entry("REMOTE_ADDR", "2001:db8::7"),
                Map.entry("REMOTE_HOST", "2001:db8::7"),
                Map.entry("REMOTE_USER", ""),
                Map.entry("REQUEST_METHOD", "PUT"),
                Map.entry("SCRIPT_NAME", "/b/who/:Some-One"),
                Map.entry("SERVER_NAME", "shop.test"),
                Map.entry("SERVER_PORT", "8443"),
                Map.entry("SERVER_PROTOCOL", "HTTP/1.1"),
                Map.entry("SERVER_SOFTWARE", "WAGI/1"),
                Map.entry("X_BASE_PATH", "/b"),
                Map.entry("X_CLIENT_ADDR", "[2001:db8::7]:51612"),
                Map.entry("X_COMPONENT_ROUTE", "/who/:Some-One"),
                Map.entry("X_FULL_URL", "https://shop.test:8443/b/who/ann/a%20b?x=1&y"),
                Map.entry("X_MATCHED_ROUTE", "/b/who/:Some-One/..."),
                Map.entry("X_PATH_MATCH_SOME_ONE", "ann"),
                Map.entry("X_RAW_COMPONENT_ROUTE", "/who/:Some-One/..."),
                Map.entry("X_RAW_PATH_INFO", "/a%20b/%c3%bc%zz"));
        assertEquals(expected, variables);
    }

    @Test
    void handsOnHeadersExceptTheSecretOnes() {
        var variables = variables(
                arrival("/"),
                header("x-some-thing", "1"),
                header("x-some-thing", "2"),
                header("content-type", "a/b"),
                header("content_type", "odd"),
                header("x-bad", "ü"),
                header("authorization", "Basic x"));
        assertEquals("2", variables.get("HTTP_X_SOME_THING"));
        assertEquals("CORRUPT VALUE", variables.get("HTTP_X_BAD"));
        assertNull(variables.get("HTTP_AUTHORIZATION"));
        // Of two that have one name as variables, the one that came later; CONTENT_TYPE is as odd as on Spin.
        assertEquals("odd", variables.get("HTTP_CONTENT_TYPE"));
        assertEquals("odd", variables.get("CONTENT_TYPE"));
    }

    @ParameterizedTest
    @CsvSource({"h, h, 80", "h:, h, 80", "h:81, h, 81", "[::1]:82, [::1], 82", "[::1], [::1], 80"})
    void takesHostAndPortApart(String host, String name, String port) {
        var variables =
                variables(new Arrival(new MatchedRoute("/", "/", Map.of(), ""), "http", host, "/", "1.2.3.4:5"));
        assertEquals(name, variables.get("SERVER_NAME"));
        assertEquals(port, variables.get("SERVER_PORT"));
    }

    @Test
    void theScriptOfTheRootIsASlash() {
        assertEquals("/", variables(arrival("/")).get("SCRIPT_NAME"));
        var everything = new Arrival(new MatchedRoute("/...", "/", Map.of(), "/x"), "http", "h", "/x", "1.2.3.4:5");
        assertEquals("/", variables(everything).get("SCRIPT_NAME"));
    }

    @Test
    void fillsArgumentsIn() {
        assertEquals(List.of("/a", "x=1", "y"), arguments(PLAIN, "/a?x=1&y"));
        assertEquals(List.of("/a", ""), arguments(PLAIN, "/a"));
        assertEquals(List.of("tool"), arguments(new Executor.Wagi("tool"), "/a?x"));
        assertEquals(
                List.of("tool", "--at", "/a", "", "x", "end"),
                arguments(new Executor.Wagi("tool --at ${SCRIPT_NAME}  ${ARGS} end"), "/a?x"));
    }

    private static List<String> arguments(Executor.Wagi executor, String pathWithQuery) {
        return CgiRequest.of(executor, arrival(pathWithQuery), "GET", List.of()).arguments();
    }

    private static Map<String, String> variables(Arrival arrival, Header... headers) {
        return CgiRequest.of(PLAIN, arrival, "PUT", List.of(headers)).variables();
    }

    private static Arrival arrival(String pathWithQuery) {
        return new Arrival(new MatchedRoute("/", "/", Map.of(), ""), "http", "h", pathWithQuery, "1.2.3.4:5");
    }

    private static Header header(String name, String value) {
        return new Header(name, value.getBytes(StandardCharsets.UTF_8));
    }
}

package dev.creel.host.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.lockedapp.LockedApp;
import dev.creel.contract.lockedapp.LockedTrigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpRouterTest {
    @ParameterizedTest(name = "{0} takes {1}: {2}")
    @CsvSource({
        "/,            /,             true",
        "/,            /a,            false",
        "/a,           /a,            true",
        "/a,           /a/,           true",
        "/a/,          /a,            true",
        "a,            /a,            true",
        "/a,           //a//,         true",
        "/a,           /A,            false",
        "/a,           /ab,           false",
        "/ab,          /a,            false",
        "/a/b,         /a//b,         false",
        "/a%20b,       /a b,          false",
        "/a/...,       /a,            true",
        "/a/...,       /a/,           true",
        "/a/...,       /a/b/c,        true",
        "/a/*,         /a/b/c,        true",
        "/a/...,       /ab,           false",
        "/...,         /,             true",
        "/...,         /x/y,          true",
        "/:x,          /,             false",
        "/:x,          /a,            true",
        "/:x,          /a.b,          true",
        "/:x,          /a/b,          false",
        "/:file.txt,   /report.txt,   true",
        "/:file.txt,   /report.md,    false",
        "/:file.txt,   /.txt,         false",
        "/:file.txt,   /a.b.txt,      false",
        "/a.b,         /a.b,          true",
        "/a/:x/c/...,  /a/b/c,        true",
        "/a/:x/c/...,  /a//c,         false",
        "/a/...,       /a//b,         true",
    })
    void matchesAsSpinDoes(String route, String path, boolean takes) {
        assertEquals(takes, !(router(route).match(path) instanceof RouteMatch.ToNobody));
    }

    @ParameterizedTest(name = "{0} with {1} gives rest \"{2}\"")
    @CsvSource({
        "/foo/...,  /foo,      ''",
        "/foo/...,  /foo/,     /",
        "/foo/...,  /foo/bar,  /bar",
        "/foo/...,  /foo/bar/, /bar/",
        "/...,      /,         /",
        "/...,      /x/y,      /x/y",
        "/foo,      /foo,      ''",
        "/:a/...,   /x,        ''",
        "/:a/...,   /x/y/z,    /y/z",
    })
    void tellsWhatTheWildcardMatched(String route, String path, String rest) {
        assertEquals(rest, component(router(route).match(path)).route().pathInfo());
    }

    @ParameterizedTest(name = "{0} goes to {1}")
    @CsvSource({
        "/,                  root",
        "/c,                 c-all",
        "/c/x,               c-all",
        "/c/exact,           c-exact",
        "/user/7,            user",
        "/user/me,           me",
        "/user/7/posts/9,    posts",
        "/user/7/photos,     all",
        "/a/b,               a-all",
        "/x/b,               any-b",
        "/r.txt,             any-txt",
        "/r.md,              any",
        "/nowhere/at/all,    all",
    })
    void prefersTheMoreSpecificRoute(String path, String component) {
        var router = router(
                "/... all",
                "/ root",
                "/c/... c-all",
                "/c/exact c-exact",
                "/user/:id user",
                "/user/:id/posts/:n posts",
                "/user/me me",
                "/:x/b any-b",
                "/a/... a-all",
                "/:f any",
                "/:f.txt any-txt");
        assertEquals(component, component(router.match(path)).component());
    }

    @Test
    void keepsTheOrderOfTheApplicationAmongEqualPatterns() {
        assertEquals(
                "first",
                component(router("/:a first", "/:b second").match("/x")).component());
    }

    @Test
    void givesARouteWrittenTwiceToTheLaterTrigger() {
        assertEquals(
                "second", component(router("/a first", "/a second").match("/a")).component());
    }

    @Test
    void capturesParameters() {
        var route = component(router("/u/:id/f/:path_end.txt").match("/u/7/f/x.txt"))
                .route();
        assertEquals(Map.of("id", "7", "path_end", "x"), route.captures());
    }

    @Test
    void neverMatchesPrivateRoutesButKnowsTheirComponents() {
        var router = HttpRouter.of(app(Map.of(), trigger(Map.of("route", Map.of("private", true), "component", "p"))));
        assertInstanceOf(RouteMatch.ToNobody.class, router.match("/"));
        assertTrue(router.components().contains("p"));
    }

    @Test
    void answersReservedPathsBeforeAnyRoute() {
        var router = router("/...");
        assertInstanceOf(RouteMatch.ToHealth.class, router.match("/.well-known/spin/health"));
        assertInstanceOf(RouteMatch.ToInfo.class, router.match("/.well-known/spin/info"));
        assertInstanceOf(RouteMatch.ToNobody.class, router.match("/.well-known/spin/other"));
        assertInstanceOf(RouteMatch.ToComponent.class, router.match("/.well-known/acme"));
    }

    @Test
    void answersStaticResponses() {
        var fixed = Map.<String, Object>of("status_code", 410, "headers", Map.of("x", "y"), "body", "gone");
        var router = HttpRouter.of(app(Map.of(), trigger(Map.of("route", "/old", "static_response", fixed))));
        var match = assertInstanceOf(RouteMatch.ToStatic.class, router.match("/old"));
        assertEquals(new StaticResponse(410, Map.of("x", "y"), "gone"), match.response());
    }

    @Test
    void prefixesRoutesWithTheBaseOfOldApplications() {
        var router = HttpRouter.of(app(Map.of("base", "/b/"), trigger(Map.of("route", "/foo/...", "component", "c"))));
        assertInstanceOf(RouteMatch.ToNobody.class, router.match("/foo"));
        var route = component(router.match("/b/foo/x")).route();
        assertEquals("/b", route.base());
        assertEquals("/b/foo/...", route.matched());
        assertEquals("/foo", route.withoutWildcard());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "route    | /a/.../b | a wildcard may only stand at the end",
                "route    | /:       | a parameter needs a name",
                "executor | other    | unknown executor other",
                "colour   | red      | unknown setting \"colour\"",
            })
    void refusesTriggersThatBreakARule(String key, String value, String message) {
        var config = new java.util.HashMap<String, Object>(Map.of("route", "/", "component", "c"));
        config.put(key, key.equals("executor") ? Map.of("type", value) : value);
        var refused = assertThrows(IllegalArgumentException.class, () -> HttpRouter.of(app(Map.of(), trigger(config))));
        assertTrue(refused.getMessage().contains("http trigger \"t\": "), refused.getMessage());
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }

    @Test
    void theLastTriggerOfAComponentSaysHowItIsAsked() {
        var wagi = Map.of("type", "wagi", "entrypoint", "_start", "argv", "tool ${ARGS}");
        var router = HttpRouter.of(app(
                Map.of(),
                trigger(Map.of("route", "/a", "component", "a", "executor", Map.of("type", "http"))),
                trigger(Map.of("route", "/b", "component", "a", "executor", wagi)),
                trigger(Map.of("route", "/c", "component", "c", "executor", Map.of("type", "wagi"))),
                trigger(Map.of("route", "/d", "component", "d"))));
        assertEquals(new Executor.Wagi("tool ${ARGS}"), router.executor("a"));
        assertEquals(new Executor.Wagi("${SCRIPT_NAME} ${ARGS}"), router.executor("c"));
        assertEquals(new Executor.Handler(), router.executor("d"));
    }

    @Test
    void refusesSettingsOfExecutorsThatMeanNothing() {
        for (var executor : List.<Object>of(
                "wagi",
                Map.of("type", "wagi", "entrypoint", "main"),
                Map.of("type", "wagi", "argv", 1),
                Map.of("type", "wagi", "colour", "red"),
                Map.of("type", "http", "argv", "x"),
                Map.of())) {
            var config = Map.of("route", "/", "component", "c", "executor", executor);
            var refused =
                    assertThrows(IllegalArgumentException.class, () -> HttpRouter.of(app(Map.of(), trigger(config))));
            assertTrue(refused.getMessage().contains("http trigger \"t\": "), refused.getMessage());
        }
    }

    @Test
    void refusesPrivateFalseAndTriggersWithoutOrWithTwoTargets() {
        for (var config : List.<Map<String, Object>>of(
                Map.of("route", Map.of("private", false), "component", "c"),
                Map.of("route", "/"),
                Map.of("component", "c"),
                Map.of("route", "/", "component", "c", "static_response", Map.of()))) {
            assertThrows(IllegalArgumentException.class, () -> HttpRouter.of(app(Map.of(), trigger(config))));
        }
    }

    private static RouteMatch.ToComponent component(RouteMatch match) {
        return assertInstanceOf(RouteMatch.ToComponent.class, match);
    }

    /** Each route is written {@code /path component}. */
    private static HttpRouter router(String... routes) {
        var triggers = new ArrayList<LockedTrigger>();
        for (var route : routes) {
            var parts = route.split(" ");
            triggers.add(trigger(Map.of("route", parts[0], "component", parts.length > 1 ? parts[1] : "c")));
        }
        return HttpRouter.of(app(Map.of(), triggers.toArray(LockedTrigger[]::new)));
    }

    private static LockedTrigger trigger(Map<String, Object> config) {
        return new LockedTrigger("t", "http", config);
    }

    private static LockedApp app(Map<String, Object> http, LockedTrigger... triggers) {
        return new LockedApp("app", "", "", Map.of("http", http), List.of(), Map.of(), List.of(triggers), List.of());
    }
}

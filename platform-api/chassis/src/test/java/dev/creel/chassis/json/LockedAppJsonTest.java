package dev.creel.chassis.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.ProblemCode;
import dev.creel.contract.ProblemException;
import dev.creel.contract.lockedapp.DependencyName;
import dev.creel.contract.lockedapp.LockedApp;
import dev.creel.contract.lockedapp.LockedDependency;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LockedAppJsonTest {
    private static final String DIGEST = "sha256:" + "1".repeat(64);

    private static final String SHOP = """
            {"spin_lock_version": 1,
             "must_understand": ["host_requirements", "component_host_requirements"],
             "unheard_of": true,
             "metadata": {"name": "shop", "version": "1.2.0", "description": "A shop",
               "trigger": {"base": "/", "type": "http"}, "triggers": {}},
             "host_requirements": {"local_service_chaining": "required", "later": "optional"},
             "variables": {"host": {"default": "localhost", "description": "where"}, "token": {"secret": true}},
             "triggers": [
               {"id": "api", "trigger_type": "http",
                "trigger_config": {"component": "api", "route": "/api/:tenant/...", "executor": null}},
               {"id": "in", "trigger_type": "http",
                "trigger_config": {"component": "api", "route": {"private": true}, "executor": {"type": "spin"}}},
               {"id": "old", "trigger_type": "http",
                "trigger_config": {"route": "/old",
                  "static_response": {"status_code": 302, "headers": {"location": "/new"}, "body": "gone"}}}],
             "components": [
               {"id": "api",
                "metadata": {"allowed_outbound_hosts": ["https://api.example.com"], "key_value_stores": ["default"],
                  "databases": ["db"], "ai_models": ["m"], "build": {"command": "make"}},
                "source": {"content_type": "application/wasm", "digest": "%1$s"},
                "env": {"LOG": "info"},
                "files": [{"digest": "%1$s", "path": "static/a.css"}, {"inline": "aGk", "digest": "%1$s", "path": "hi"}],
                "config": {"token": "Bearer {{ token }}"},
                "dependencies": {
                  "acme:auth/check@1.0.0": {"source": {"digest": "%1$s"}, "export": null, "inherit": "All"},
                  "b:c": {"source": {"digest": "%1$s"}, "export": "x", "inherit": {"Some": ["files"]}},
                  "d": {"source": {"digest": "%1$s"}}},
                "host_requirements": {"local_service_chaining": "required"}}]}
            """.formatted(DIGEST);

    private static LockedApp read(String json) {
        return LockedAppJson.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String refusal(String json) {
        var refused = assertThrows(ProblemException.class, () -> read(json));
        assertEquals(ProblemCode.UNPROCESSABLE, refused.problem().code());
        return refused.problem().detail();
    }

    @Test
    void readsEveryPart() {
        var app = read(SHOP);
        assertEquals("shop", app.name());
        assertEquals("1.2.0", app.version());
        assertEquals(List.of("local_service_chaining"), app.hostRequirements());
        assertEquals(Map.of("base", "/"), app.triggerSettings().get("http"));
        assertTrue(app.variables().get("token").secret());
        assertTrue(app.variables().get("token").defaultValue().isEmpty());
        assertEquals("localhost", app.variables().get("host").defaultValue().orElseThrow());
        assertEquals(3, app.triggers().size());
        assertEquals(Map.of("private", true), app.triggers().get(1).config().get("route"));
        assertFalse(app.triggers().getFirst().config().containsKey("executor"));
        var api = app.component("api").orElseThrow();
        assertEquals(DIGEST, api.source().digest().orElseThrow().toString());
        assertEquals(
                "hi",
                new String(api.files().get(1).content().inline().orElseThrow().bytes(), StandardCharsets.UTF_8));
        assertEquals(List.of("db"), api.databases());
        assertEquals(
                new LockedDependency.Inherit.All(),
                api.dependencies().get("acme:auth/check@1.0.0").inherit());
        assertEquals(
                new LockedDependency.Inherit.Some(Set.of("files")),
                api.dependencies().get("b:c").inherit());
        assertEquals(
                new LockedDependency.Inherit.Some(Set.of()),
                api.dependencies().get("d").inherit());
    }

    @Test
    void writesWhatItReads() {
        var app = read(SHOP);
        var written = LockedAppJson.write(app);
        assertEquals(app, LockedAppJson.read(written));
        assertArrayEquals(written, LockedAppJson.write(LockedAppJson.read(written)));
        assertTrue(new String(written, StandardCharsets.UTF_8).contains("\"inline\":\"aGk\""));
    }

    /** As the real client writes it: export always, inherit only if there is something. */
    @Test
    void writesDependenciesAsTheClientDoes() {
        var written = new String(LockedAppJson.write(read(SHOP)), StandardCharsets.UTF_8);
        var source = "\"source\":{\"content_type\":\"application/wasm\",\"digest\":\"" + DIGEST + "\"}";
        assertTrue(
                written.contains(
                        "\"dependencies\":{\"acme:auth/check@1.0.0\":{\"export\":null,\"inherit\":\"All\"," + source
                                + "},\"b:c\":{\"export\":\"x\",\"inherit\":{\"Some\":[\"files\"]}," + source
                                + "},\"d\":{\"export\":null," + source + "}}"),
                written);
    }

    @ParameterizedTest
    @CsvSource({
        "a:b, a:b/c, true",
        "a:b, a:b/c@1.2.3, true",
        "a:b, a:bb/c, false",
        "a:b@1.2.3, a:b/c@1.2.3, true",
        "a:b@1.2.3, a:b/c@1.2.4, false",
        "a:b@1.2.3, a:b/c, false",
        "a:b/c, a:b/c@0.2.0-rc.1, true",
        "a:b/c, a:b/d, false",
        "a:b/c@0.2.0-rc.1, a:b/c@0.2.0-rc.1, true",
        "some-name, some-name, true",
        "some-name, some-name-2, false",
        "a:b, a, false",
    })
    void aDependencysNameMeansImports(String name, String imported, boolean matches) {
        assertEquals(matches, DependencyName.parse(name).matches(imported));
    }

    @ParameterizedTest
    @CsvSource({
        "a:b, a:b/c, true",
        "a:b/c, a:b/d, false",
        "a:b@1.0.0, a:b@1.2.0, true",
        "a:b@1.0.0, a:b@2.0.0, false",
        "a:b@0.1.0, a:b@0.2.0, false",
        "a:b@0.0.1, a:b@0.0.2, false",
        "a:b/c@1.0.0, a:b@1.0.0, true",
        "a:b, a:c, false",
        "x, y, false",
    })
    void namesOfDependenciesOverlapWhereAnImportCouldBeMeantByBoth(String one, String other, boolean overlap) {
        assertEquals(overlap, DependencyName.parse(one).overlaps(DependencyName.parse(other)));
        assertEquals(overlap, DependencyName.parse(other).overlaps(DependencyName.parse(one)));
    }

    @Test
    void turnsHttpHostsOfOldDocumentsIntoOutboundHosts() {
        var app = read(one("\"metadata\": {\"allowed_http_hosts\": [\"example.com:8080\", \"self\"]},"));
        assertEquals(
                List.of("http://example.com:8080", "https://example.com:8080", "http://self"),
                app.components().getFirst().allowedOutboundHosts());
    }

    /** A document with one component, into which {@code more} is put. */
    private static String one(String more) {
        return """
                {"spin_lock_version": 0, "metadata": {"name": "a"}, "triggers": [
                  {"id": "t", "trigger_type": "http", "trigger_config": {"component": "c", "route": "/..."}}],
                 "components": [{"id": "c", %s "source": {"digest": "%s"}}]}
                """.formatted(more, DIGEST);
    }

    @Test
    void acceptsADocumentOfTheLeastForm() {
        assertEquals("c", read(one("")).components().getFirst().id());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "spin_lock_version": 1|"spin_lock_version": 2|spin_lock_version is 2
            ["host_requirements",|["time_travel",|demands 'time_travel'
            "local_service_chaining": "required", "later"|"warp": "required", "later"|host_requirements.warp
            "later": "optional"|"middleware": "required"|middleware
            "id": "in", "trigger_type": "http"|"id": "in", "trigger_type": "redis"|'redis'
            "id": "in",|"id": "api",|triggers[1].id
            {"component": "api", "route": {"private": true}|{"component": "nix", "route": {"private": true}|'nix'
            {"private": true}|{"private": false}|triggers[1].trigger_config.route
            {"private": true}|7|triggers[1].trigger_config.route
            {"type": "spin"}|{"type": "wagi", "entrypoint": "main"}|entrypoint is 'main'
            {"type": "spin"}|{"type": "wagi", "argv": 1}|executor.argv
            {"type": "spin"}|{"type": "spin", "argv": "x"}|executor.argv
            {"type": "spin"}|{"type": "warp"}|'warp'
            "executor": null|"exekutor": 1|exekutor
            "component": "api", "route": {|"route": {|exactly one of component and static_response
            "status_code": 302|"status_code": 1000|status_code
            "headers": {"location": "/new"}|"headers": {"location": 1}|static_response.headers.location
            "path": "hi"|"path": "../hi"|components[0].files[1].path
            "path": "hi"|"path": "/hi"|components[0].files[1].path
            "path": "hi"|"path": "static/a.css"|another file
            "inline": "aGk"|"inline": "a!k"|base64
            "inherit": "All"|"inherit": "Most"|inherit
            "acme:auth/check@1.0.0": {|"acme:auth/check@1": {|'acme:auth/check@1' names no import
            {"base": "/", "type"|{"base": "/shop", "type"|'/shop'
            "name": "shop",||metadata.name
            "env": {"LOG": "info"}|"env": {"LOG": 1}|components[0].env.LOG
            "config": {|"trigger_dependencies": {"middleware": []}, "config": {|middleware
            """)
    void refusesAndNames(String from, @org.jspecify.annotations.Nullable String to, String named) {
        assertTrue(SHOP.contains(from), from);
        var detail = refusal(SHOP.replace(from, to == null ? "" : to));
        assertTrue(detail.contains(named), detail);
    }

    @Test
    void refusesTwoComponentsWithOneId() {
        var component = "{\"id\": \"c\", \"source\": {\"digest\": \"" + DIGEST + "\"}}";
        var json = one("").replace("\"components\": [", "\"components\": [" + component + ",");
        assertTrue(refusal(json).contains("components[1].id 'c'"), refusal(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "7", "{\"spin_lock_version\": 0}", "{\"spin_lock_version\": \"0\"}"})
    void refusesWhatIsNoLockedApp(String json) {
        assertTrue(refusal(json).contains("locked application"), json);
    }
}

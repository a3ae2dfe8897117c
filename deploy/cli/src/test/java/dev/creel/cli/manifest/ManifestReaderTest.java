package dev.creel.cli.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.cli.manifest.ManifestComponent.FileMount;
import dev.creel.cli.manifest.ManifestComponent.WasmSource;
import dev.creel.contract.lockedapp.LockedDependency.Inherit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestReaderTest {
    private static final String HELLO = """
            spin_manifest_version = 2
            [application]
            name = "hello"
            version = "1.0.0"
            [[trigger.http]]
            route = "/..."
            component = "hello"
            [component.hello]
            source = "hello.wasm"
            """;

    @Test
    void readsTheSmallestApplication() {
        var manifest = ManifestReader.read(HELLO);
        assertEquals("hello", manifest.name());
        assertEquals("1.0.0", manifest.version());
        var trigger = manifest.triggers().getFirst();
        assertEquals("hello-http-trigger", trigger.id());
        assertEquals(Map.of("component", "hello", "route", "/..."), trigger.config());
        assertEquals(
                new WasmSource.File("hello.wasm"),
                manifest.components().getFirst().source());
    }

    @Test
    void generatesTriggerIdsThatAreFree() {
        var manifest = ManifestReader.read(HELLO + """
                [[trigger.http]]
                route = "/again"
                component = "hello"
                [[trigger.http]]
                route = "/fixed"
                static_response = { status_code = 204 }
                """);
        assertEquals(
                List.of("hello-http-trigger", "http-trigger0", "http-trigger1"),
                manifest.triggers().stream().map(trigger -> trigger.id()).toList());
    }

    @Test
    void movesInlineComponentsIntoTheList() {
        var manifest = ManifestReader.read("""
                spin_manifest_version = 2
                application = { name = "x" }
                [[trigger.http]]
                route = "/"
                component = { source = "x.wasm" }
                """);
        assertEquals("http-trigger0-component", manifest.components().getFirst().id());
        assertEquals(
                "http-trigger0-component",
                manifest.triggers().getFirst().config().get("component"));
    }

    @Test
    void readsEverySettingOfAComponent() {
        var component = ManifestReader.read("""
                spin_manifest_version = 2
                application = { name = "x" }
                [variables]
                token = { required = true, secret = true }
                [[trigger.http]]
                route = { private = true }
                component = "x"
                [component.x]
                source = { url = "https://example.com/x.wasm", digest = "sha256:00" }
                environment = { LOG = "info" }
                files = ["a/*", { source = "b", destination = "/c" }]
                exclude_files = ["a/secret"]
                allowed_outbound_hosts = ["https://example.com"]
                key_value_stores = ["default"]
                sqlite_databases = ["main"]
                ai_models = ["llama2-chat"]
                variables = { key = "{{ token }}" }
                build = { command = "make" }
                [component.x.dependencies]
                "acme:auth/check@1.0.0" = { path = "auth.wasm", inherit_configuration = ["variables"] }
                """).components().getFirst();
        assertEquals(new WasmSource.Download("https://example.com/x.wasm", "sha256:00"), component.source());
        assertEquals(List.of(new FileMount.Glob("a/*"), new FileMount.At("b", "/c")), component.files());
        assertEquals(List.of("main"), component.databases());
        assertEquals(Map.of("key", "{{ token }}"), component.variables());
        var dependency = component.dependencies().get("acme:auth/check@1.0.0");
        assertEquals(new Inherit.Some(Set.of("variables")), dependency.inherit());
    }

    @Test
    void turnsVersionOneIntoVersionTwo() {
        var manifest = ManifestReader.read("""
                spin_manifest_version = "1"
                name = "old"
                version = "1.0.0"
                trigger = { type = "http", base = "/" }
                [[component]]
                id = "My_Part"
                source = "x.wasm"
                allowed_http_hosts = ["insecure:allow-all", "example.com"]
                [component.trigger]
                route = "/..."
                [component.config]
                k = "v"
                """);
        var component = manifest.components().getFirst();
        assertEquals("my-part", component.id());
        assertEquals(
                List.of(
                        "redis://*:*",
                        "mysql://*:*",
                        "postgres://*:*",
                        "http://*:*",
                        "https://*:*",
                        "http://self",
                        "http://example.com",
                        "https://example.com"),
                component.allowedOutboundHosts());
        assertEquals(Map.of("k", "v"), component.variables());
        assertEquals(Map.of("http", Map.of("base", "/")), manifest.triggerSettings());
    }

    @Test
    void namesAnUnknownKeyAndTheKnownOnes() {
        var e = assertThrows(ManifestException.class, () -> ManifestReader.read(HELLO + "sauce = 1\n"));
        assertTrue(e.getMessage().startsWith("unknown key component.hello.sauce; known here:"), e.getMessage());
        assertTrue(e.getMessage().contains("source"), e.getMessage());
    }

    @Test
    void refusesATriggerWithoutItsComponent() {
        var e = assertThrows(
                ManifestException.class,
                () -> ManifestReader.read(HELLO.replace("component = \"hello\"", "component = \"bye\"")));
        assertTrue(e.getMessage().contains("'bye'"), e.getMessage());
    }

    @Test
    void refusesAVariableThatIsRequiredAndHasADefault() {
        var text = HELLO + "[variables]\nx = { required = true, default = \"1\" }\n";
        assertThrows(ManifestException.class, () -> ManifestReader.read(text));
        assertThrows(ManifestException.class, () -> ManifestReader.read(HELLO + "[variables]\nx = {}\n"));
    }

    @Test
    void refusesOtherVersionsAndOtherLanguages() {
        assertThrows(ManifestException.class, () -> ManifestReader.read("spin_manifest_version = 3\n"));
        assertThrows(ManifestException.class, () -> ManifestReader.read("spin_manifest_version = \"2\"\n"));
        assertThrows(ManifestException.class, () -> ManifestReader.read("{\"json\": true}"));
        assertThrows(ManifestException.class, () -> ManifestReader.read(""));
    }

    @Test
    void refusesComponentIdsThatSpinRefuses() {
        for (var id : List.of("hello-2", "1a", "Hello", "a--b", "-a", "a_B-c")) {
            var text = HELLO.replace("component.hello", "component." + id);
            assertThrows(ManifestException.class, () -> ManifestReader.read(text), id);
        }
    }

    @Test
    void saysThatThereIsNoManifest() {
        var e = assertThrows(ManifestException.class, () -> ManifestReader.locate(Path.of("no-such-folder")));
        assertTrue(e.getMessage().contains("no-such-folder"), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            "a:b" = "1.2.3"|component.hello.dependencies.a:b: dependencies from a registry are not fetched by creel
            "a:b" = { version = "1.2.3", package = "a:c" }|dependencies from a registry are not fetched by creel
            "a:b" = { }|must be { path = … }
            "a:b" = { path = "x", export = "a:b/c" }|component.hello.dependencies.a:b.export needs an interface
            "a:b/c@1" = { path = "x" }|a:b/c@1
            "A_b" = { path = "x" }|names no import
            "a:b" = { path = "x", colour = "red" }|unknown key component.hello.dependencies.a:b.colour
            "a:b" = { component = "none" }|there is no component
            "a:b" = { component = "rich" }|has key_value_stores; dependencies may not have their own resources
            "a:b" = { component = "hello" }|has dependencies; dependencies may not have their own resources
            """)
    void refusesDependenciesThatMeanNothing(String dependency, String named) {
        var text = HELLO + "[component.rich]\nsource = \"r.wasm\"\nkey_value_stores = [\"default\"]\n"
                + "[component.hello.dependencies]\n" + dependency + "\n";
        var e = assertThrows(ManifestException.class, () -> ManifestReader.read(text));
        assertTrue(String.valueOf(e.getMessage()).contains(named), e.getMessage());
    }

    @Test
    void refusesTwoDependenciesForOneImport() {
        var text = HELLO + """
                [component.hello.dependencies]
                "a:b/c@1.0.0" = { path = "x" }
                "a:b" = { path = "y" }
                """;
        var e = assertThrows(ManifestException.class, () -> ManifestReader.read(text));
        assertEquals(
                "component.hello.dependencies: 'a:b/c@1.0.0' and 'a:b' may both mean the same import;"
                        + " name interfaces, or incompatible versions",
                e.getMessage());
    }

    @Test
    void takesTheSourceOfAnotherComponentForADependency() {
        var manifest = ManifestReader.read(HELLO + """
                dependencies_inherit_configuration = true
                [component.library]
                source = "library.wasm"
                [component.hello.dependencies]
                "a:b" = { component = "library" }
                """);
        var dependency = manifest.components().getFirst().dependencies().get("a:b");
        assertEquals(new WasmSource.File("library.wasm"), dependency.source());
        assertEquals(new Inherit.All(), dependency.inherit());
    }
}

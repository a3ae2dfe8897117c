package dev.creel.cli.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.creel.cli.manifest.ManifestException;
import dev.creel.cli.manifest.ManifestReader;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.lockedapp.LockedDependency;
import dev.creel.contract.lockedapp.LockedFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockerTest {
    @TempDir
    Path folder;

    @Test
    void namesTheBinaryByDigestAndPushesItOnce() throws Exception {
        var wasm = new byte[1000];
        Files.write(folder.resolve("x.wasm"), wasm);
        var bundle = lock("""
                spin_manifest_version = 2
                application = { name = "My App", version = " v1 " }
                [[trigger.http]]
                route = "/a"
                component = { source = "x.wasm" }
                [[trigger.http]]
                route = "/b"
                component = { source = "x.wasm" }
                """);
        assertEquals(
                List.of(Digest.of(wasm)),
                bundle.layers().stream().map(Layer::digest).toList());
        assertEquals(
                Digest.of(wasm),
                bundle.app().components().getFirst().source().digest().orElseThrow());
        assertEquals("myapp", bundle.appName());
        assertEquals("v1", bundle.version());
    }

    @Test
    void inlinesSmallFilesAndPushesTheOthers() throws Exception {
        Files.write(folder.resolve("x.wasm"), new byte[1000]);
        Files.createDirectories(folder.resolve("assets/sub"));
        Files.writeString(folder.resolve("assets/small.txt"), "small");
        Files.writeString(folder.resolve("assets/empty.txt"), "");
        Files.writeString(folder.resolve("assets/.hidden"), "dot");
        Files.writeString(folder.resolve("assets/skip.tmp"), "no");
        Files.write(folder.resolve("assets/sub/big.bin"), new byte[129]);
        var bundle = lock("""
                spin_manifest_version = 2
                application = { name = "x" }
                [[trigger.http]]
                route = "/"
                component = "x"
                [component.x]
                source = "x.wasm"
                files = ["assets/**/*", { source = "assets/sub", destination = "/mnt/" }]
                exclude_files = ["**/*.tmp"]
                """);
        assertEquals(
                List.of("assets/.hidden", "assets/empty.txt", "assets/small.txt", "assets/sub/big.bin", "mnt/big.bin"),
                bundle.app().components().getFirst().files().stream()
                        .map(LockedFile::path)
                        .toList());
        assertEquals(
                List.of(1000L, 129L), bundle.layers().stream().map(Layer::size).toList());
    }

    @Test
    void namesTheMissingBinary() {
        var e = assertThrows(ManifestException.class, () -> lock("""
                spin_manifest_version = 2
                application = { name = "x" }
                [[trigger.http]]
                route = "/"
                component = { source = "none.wasm" }
                """));
        assertTrue(e.getMessage().contains("none.wasm"), e.getMessage());
    }

    @Test
    void pushesEachDependencyAsALayerOfItsOwnBehindItsComponent() throws Exception {
        Files.write(folder.resolve("x.wasm"), new byte[1000]);
        Files.write(folder.resolve("y.wasm"), new byte[1001]);
        Files.write(folder.resolve("library.wasm"), new byte[1002]);
        Files.write(folder.resolve("big.bin"), new byte[1003]);
        var bundle = lock(COMPOSED);
        assertEquals(
                List.of(1000L, 1002L, 1003L, 1001L),
                bundle.layers().stream().map(Layer::size).toList());
        var library = Digest.of(new byte[1002]);
        var components = bundle.app().components();
        for (var component : components) {
            var dependency = component.dependencies().get("acme:auth/check@1.0.0");
            assertEquals(library, dependency.source().digest().orElseThrow());
        }
        assertEquals(
                new LockedDependency.Inherit.Some(Set.of("variables")),
                components.get(0).dependencies().get("acme:auth/check@1.0.0").inherit());
        assertEquals(
                Optional.of("acme:x/y"),
                components.get(1).dependencies().get("acme:auth/check@1.0.0").export());
    }

    private static final String COMPOSED = """
            spin_manifest_version = 2
            application = { name = "x" }
            [[trigger.http]]
            route = "/x"
            component = "x"
            [[trigger.http]]
            route = "/y"
            component = "y"
            [component.x]
            source = "x.wasm"
            files = ["big.bin"]
            [component.x.dependencies]
            "acme:auth/check@1.0.0" = { path = "library.wasm", inherit_configuration = ["variables"] }
            [component.y]
            source = "y.wasm"
            [component.y.dependencies]
            "acme:auth/check@1.0.0" = { path = "library.wasm", export = "acme:x/y" }
            """;

    @Test
    void namesTheDependencyWhoseFileIsMissing() throws Exception {
        Files.write(folder.resolve("x.wasm"), new byte[1000]);
        var e = assertThrows(ManifestException.class, () -> lock(COMPOSED));
        assertTrue(
                String.valueOf(e.getMessage())
                        .startsWith("component.x.dependencies.acme:auth/check@1.0.0: there is no file "),
                e.getMessage());
    }

    @Test
    void downloadsADependencyAndChecksItsDigest() throws Exception {
        Files.write(folder.resolve("x.wasm"), new byte[1000]);
        var bytes = new byte[500];
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/library.wasm", exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/library.wasm";
            var bundle = lock(downloading(url, Digest.of(bytes).toString()));
            assertEquals(Digest.of(bytes), bundle.layers().getLast().digest());
            var other = Digest.of(new byte[1]).toString();
            assertRefused("has the digest " + Digest.of(bytes) + ", the manifest says " + other, url, other);
            assertRefused("the digest must be sha256: and 64 lower-case hex digits", url, "sha256:abc");
            assertRefused("is no HTTP address", "library", other);
            assertRefused("answered 404", url.replace("library", "no"), other);
        } finally {
            server.stop(0);
        }
    }

    private void assertRefused(String why, String url, String digest) {
        var e = assertThrows(ManifestException.class, () -> lock(downloading(url, digest)));
        assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
        assertTrue(String.valueOf(e.getMessage()).startsWith("component.x.dependencies.a:b: "), e.getMessage());
    }

    private static String downloading(String url, String digest) {
        return """
                spin_manifest_version = 2
                application = { name = "x" }
                [[trigger.http]]
                route = "/x"
                component = "x"
                [component.x]
                source = "x.wasm"
                [component.x.dependencies]
                "a:b" = { url = "%s", digest = "%s" }
                """.formatted(url, digest);
    }

    @Test
    void refusesGlobsThatLeaveTheFolder() throws Exception {
        Files.write(folder.resolve("x.wasm"), new byte[10]);
        assertThrows(ManifestException.class, () -> lock("""
                spin_manifest_version = 2
                application = { name = "x" }
                [[trigger.http]]
                route = "/"
                component = { source = "x.wasm", files = ["../*"] }
                """));
    }

    private Bundle lock(String manifest) throws IOException, InterruptedException {
        var file = folder.resolve("spin.toml");
        Files.writeString(file, manifest);
        return Locker.lock(ManifestReader.read(file), folder);
    }
}

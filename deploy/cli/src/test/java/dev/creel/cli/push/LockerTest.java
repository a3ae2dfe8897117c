package dev.creel.cli.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.cli.manifest.ManifestException;
import dev.creel.cli.manifest.ManifestReader;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.lockedapp.LockedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

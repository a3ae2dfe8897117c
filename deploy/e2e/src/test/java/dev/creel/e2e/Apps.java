package dev.creel.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes small applications into a test's folder. */
final class Apps {
    private Apps() {}

    /** The guest that behaves as its path says. */
    static Path trialWasm() {
        return Path.of("src/test/guests/trial.wasm").toAbsolutePath();
    }

    /** The example of the README. */
    static Path hello() {
        return Path.of("../examples/hello").toAbsolutePath().normalize();
    }

    /** An application of one component; its folder. */
    static Path write(Path parent, String name, String version, byte[] wasm, String more) throws IOException {
        var folder = Files.createDirectories(parent.resolve(name));
        Files.write(folder.resolve("app.wasm"), wasm);
        Files.writeString(folder.resolve("spin.toml"), """
                spin_manifest_version = 2
                [application]
                name = "%s"
                version = "%s"
                [[trigger.http]]
                route = "/..."
                component = "main"
                [component.main]
                source = "app.wasm"
                %s
                """.formatted(name, version, more));
        return folder;
    }

    static Path trial(Path parent, String name, String version) throws IOException {
        return write(parent, name, version, Files.readAllBytes(trialWasm()), "");
    }
}

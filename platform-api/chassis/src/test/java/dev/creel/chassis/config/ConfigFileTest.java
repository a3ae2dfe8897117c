package dev.creel.chassis.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.ByteSize;
import dev.creel.contract.app.HostName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
    enum Mode {
        FAST,
        SAFE
    }

    record Limits(ByteSize bodyMax, Duration idle, int requestsMax) {
        Limits {
            if (requestsMax < 1) {
                throw new IllegalArgumentException("requests-max must be at least 1, not " + requestsMax);
            }
        }
    }

    record Config(
            String name,
            HostName domain,
            Mode mode,
            boolean open,
            Optional<Path> data,
            List<String> listen,
            Map<String, String> labels,
            Limits limits) {}

    private static final Config DEFAULTS = new Config(
            "creel",
            new HostName("creel.localhost"),
            Mode.SAFE,
            false,
            Optional.empty(),
            List.of("127.0.0.1:8080"),
            Map.of(),
            new Limits(ByteSize.ofMiB(16), Duration.ofSeconds(30), 10));

    private static Config parse(String toml) {
        return ConfigFile.parse("creel.toml", toml, DEFAULTS);
    }

    @Test
    void keepsTheDefaultsThatTheFileDoesNotMention() {
        assertEquals(DEFAULTS, parse(""));
        assertEquals(
                Duration.ofSeconds(30),
                parse("[limits]\nbody-max = \"1MiB\"\n").limits().idle());
    }

    @Test
    void bindsEveryType() {
        var config = parse("""
                name = "x"
                domain = "Example.com"
                mode = "fast"
                open = true
                data = "/var/lib/creel"
                listen = ["[::1]:80", "0.0.0.0:80"]
                labels = { zone = "a" }
                [limits]
                bodyMax = "64KiB"
                idle = "100ms"
                requests-max = 7
                """);
        assertEquals(
                new Config(
                        "x",
                        new HostName("example.com"),
                        Mode.FAST,
                        true,
                        Optional.of(Path.of("/var/lib/creel")),
                        List.of("[::1]:80", "0.0.0.0:80"),
                        Map.of("zone", "a"),
                        new Limits(ByteSize.ofKiB(64), Duration.ofMillis(100), 7)),
                config);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nam = "x"|'nam' is no known key; did you mean 'name'?
            limits.body-mx = "1MiB"|'limits.body-mx' is no known key; did you mean 'limits.body-max'?
            limits.body-max = 5|'limits.body-max' must be a string such as "128MiB"
            limits.body-max = "5MB"|'limits.body-max' is refused: '5MB' is not a size
            limits.idle = "soon"|'limits.idle' is refused: 'soon' is not a duration
            limits.requests-max = 0|requests-max must be at least 1
            limits.requests-max = 3000000000|'limits.requests-max' is refused
            limits.requests-max = "7"|'limits.requests-max' must be an integer
            limits = 3|'limits' must be
            mode = "slow"|[fast, safe]
            domain = "-"|'domain' is refused: '-' is not a host name
            listen = "a"|'listen' must be a list
            listen = [1]|'listen[0]' must be a string
            open = "yes"|'open' must be true or false
            name = |line 1
            """)
    void namesFileAndKeyOfWhatItRefuses(String toml, String message) {
        var refused = assertThrows(ConfigException.class, () -> parse(toml));
        assertTrue(refused.getMessage().startsWith("creel.toml"), refused.getMessage());
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }

    @Test
    void readsAFileAndNamesAMissingOne(@TempDir Path dir) throws Exception {
        var file = dir.resolve("creel.toml");
        var missing = assertThrows(ConfigException.class, () -> ConfigFile.read(file, DEFAULTS));
        assertTrue(missing.getMessage().contains(file.toString()), missing.getMessage());
        Files.writeString(file, "name = \"y\"");
        assertEquals("y", ConfigFile.read(file, DEFAULTS).name());
    }
}

package dev.creel.engine.outbound;

import java.util.Map;
import java.util.OptionalInt;

/** Ports that go without saying. */
final class WellKnownPorts {
    private static final Map<String, Integer> PORTS =
            Map.of("postgres", 5432, "mysql", 3306, "redis", 6379, "mqtt", 1883, "http", 80, "https", 443);

    private WellKnownPorts() {}

    static OptionalInt of(String scheme) {
        var port = PORTS.get(scheme);
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }
}

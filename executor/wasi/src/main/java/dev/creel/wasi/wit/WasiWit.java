package dev.creel.wasi.wit;

import dev.creel.component.wit.Wit;
import dev.creel.component.wit.WitInterface;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The declarations of {@code wasi:*@0.2.12}, read once from the texts beside the module's classes. Any thread. */
public final class WasiWit {
    /** The version that all interfaces here have; it serves every import of 0.2.x. */
    public static final String VERSION = "0.2.12";

    private static final List<String> PACKAGES =
            List.of("io", "clocks", "random", "cli", "filesystem", "sockets", "http");
    private static final Map<String, WitInterface> ALL =
            Wit.parse(PACKAGES.stream().map(WasiWit::text).toArray(String[]::new));

    /** The release candidate that guests of 2023 import; texts of its own, because most of it differs somewhere. */
    private static final Map<String, WitInterface> OCTOBER = Wit.parse(text("october"));

    private WasiWit() {}

    /**
     * The declaration of {@code wasi:} + {@code path} in the release candidate {@code version}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static WitInterface october(String path, String version) {
        var found = OCTOBER.get("wasi:" + path + "@" + version);
        if (found == null) {
            throw new IllegalArgumentException("no WIT text declares wasi:" + path + "@" + version);
        }
        return found;
    }

    /**
     * The declaration of {@code wasi:} + {@code path}, e.g. {@code io/poll}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static WitInterface of(String path) {
        var found = ALL.get("wasi:" + path + "@" + VERSION);
        if (found == null) {
            throw new IllegalArgumentException("no WIT text declares wasi:" + path);
        }
        return found;
    }

    private static String text(String name) {
        var resource = "/dev/creel/wasi/" + name + ".wit";
        try (var in = WasiWit.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + resource, e);
        }
    }
}

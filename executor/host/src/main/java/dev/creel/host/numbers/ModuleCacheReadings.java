package dev.creel.host.numbers;

import dev.creel.engine.ModuleCacheNumbers;
import java.util.function.Supplier;

/** What the module cache of a process shows. Executors of one process show the same. */
public final class ModuleCacheReadings {
    private ModuleCacheReadings() {}

    /** Adds them. */
    public static void addTo(Numbers numbers, Supplier<ModuleCacheNumbers> now) {
        numbers.gauge(
                        "modules_loaded",
                        "Components that are loaded, in the whole process.",
                        () -> now.get().components())
                .gauge(
                        "modules_data_bytes",
                        "Data of loaded components, estimated.",
                        () -> now.get().dataBytes())
                .gauge(
                        "modules_code_bytes",
                        "Classes of loaded components, estimated; those that several share once.",
                        () -> now.get().codeBytes())
                .gauge(
                        "modules_max_bytes",
                        "Most that loaded components may take.",
                        () -> now.get().bytesMax())
                .counter(
                        "modules_hits",
                        "Requests and deploys that found their component loaded.",
                        () -> now.get().hits())
                .counter(
                        "modules_misses", "Those that did not.", () -> now.get().misses())
                .counter("modules_loads", "Components loaded.", () -> now.get().loads())
                .counter(
                        "modules_evictions",
                        "Components unloaded for others, or because nobody asked.",
                        () -> now.get().evictions())
                .counter(
                        "modules_compiled",
                        "Components compiled.",
                        () -> now.get().compiled());
    }
}

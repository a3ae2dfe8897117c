package dev.creel.component.linking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.Component;
import dev.creel.component.binary.ComponentDecoder;
import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.binary.InvalidComponentException;
import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.component.core.CoreModule;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.LinkException;
import dev.creel.component.host.CoreHostFunction;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.plan.PlanExport;
import dev.creel.component.wit.Wit;
import dev.creel.component.wit.WitInterface;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Components that real toolchains made, where they are at hand. */
final class PublishedGuestsTest {
    private static final Path GUESTS = Path.of(System.getProperty("creel.guests", "../../../shared/guests"));
    private static final Set<String> WASI_03 = Set.of(
            "polyglot/front.wasm",
            "py-http-p3/py-http-p3.wasm",
            "rust-p3/rust-p3-caps.wasm",
            "rust-p3/rust-p3-rc.wasm",
            "rust-p3/rust-p3.wasm",
            "rust-redis-trigger-async/rust-redis-trigger-async.wasm");
    /** One large guest of each language is enough: parsing them takes seconds. */
    private static final Set<String> LARGE = Set.of("js-hono/js-hono.wasm", "py-wasi-http/py-wasi-http.wasm");

    private static final int LARGE_BYTES = 4_000_000;

    @Test
    void decodesEveryGuestOfWasi02AndLinksThoseThatUseOnlyWasi() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(GUESTS), "the published guests are not here");
        var host = wasi();
        var engine = new ChicoryEngine();
        var wrong = new ArrayList<String>();
        var outcomes = new TreeMap<String, Integer>();
        for (var file : guests()) {
            var bytes = Files.readAllBytes(file);
            var name = GUESTS.relativize(file).toString();
            if (ComponentDecoder.preamble(bytes) != ComponentDecoder.Preamble.COMPONENT
                    || (bytes.length > LARGE_BYTES && !LARGE.contains(name))) {
                continue;
            }
            try {
                var component = Component.decode(bytes, engine, ComponentLimits.DEFAULT);
                try {
                    component.plan(host);
                    outcomes.merge("linked", 1, Integer::sum);
                } catch (LinkException e) {
                    if (component.imports().stream().allMatch(one -> one.startsWith("wasi:"))) {
                        wrong.add(name + ": " + e.getMessage());
                    }
                }
                outcomes.merge("decoded", 1, Integer::sum);
            } catch (InvalidComponentException e) {
                if (e.kind() != InvalidComponentException.Kind.UNSUPPORTED || !WASI_03.contains(name)) {
                    wrong.add(name + ": " + e.getMessage());
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(outcomes.getOrDefault("decoded", 0) > 10, outcomes.toString());
        assertTrue(outcomes.getOrDefault("linked", 0) > 5, outcomes.toString());
    }

    @Test
    void linksTheCoreModuleThatTheRustSdkBuilds() throws Exception {
        var file = GUESTS.resolve("rust-hello/rust-hello.core.wasm");
        Assumptions.assumeTrue(Files.exists(file), "the published guests are not here");
        var bytes = Files.readAllBytes(file);
        var engine = new ChicoryEngine();

        var component = Component.decode(bytes, engine, ComponentLimits.DEFAULT);
        var plan = component.plan(wasi().withCore(previewOne(engine.parse(bytes))));

        assertTrue(
                component.imports().contains("wasi:http/types@0.2.0"),
                component.imports().toString());
        assertEquals(List.of("wasi:http/incoming-handler@0.2.0"), component.exports());
        assertEquals(2, plan.steps().size());
        assertTrue(
                plan.exports().get("wasi:http/incoming-handler@0.2.0") instanceof PlanExport.Instance(var functions)
                        && functions.get("handle") instanceof PlanExport.Func,
                plan.exports().toString());
    }

    @Test
    void refusesOtherCoreModulesByTheirKind() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(GUESTS), "the published guests are not here");
        assertRefused("core-legacy-spin1/core-legacy-spin1.wasm", "has no component-type section");
    }

    @Test
    void aCommandOfPreviewOneExportsItsStart() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(GUESTS), "the published guests are not here");
        var bytes = Files.readAllBytes(GUESTS.resolve("c-cgi/c-cgi.wasm"));
        assertEquals(
                List.of("_start"),
                Component.decode(bytes, new ChicoryEngine(), ComponentLimits.DEFAULT)
                        .exports());
    }

    private static void assertRefused(String guest, String why) throws IOException {
        var bytes = Files.readAllBytes(GUESTS.resolve(guest));
        var refusal = assertThrows(
                InvalidComponentException.class,
                () -> Component.decode(bytes, new ChicoryEngine(), ComponentLimits.DEFAULT));
        assertTrue(String.valueOf(refusal.getMessage()).contains(why), refusal.getMessage());
    }

    private static Map<String, Map<String, CoreHostFunction>> previewOne(CoreModule module) {
        var functions = new HashMap<String, CoreHostFunction>();
        for (var one : module.imports()) {
            if (one.module().equals("wasi_snapshot_preview1") && one.type() instanceof CoreType.Func(var type)) {
                functions.put(one.name(), new CoreHostFunction(type, (store, memory, args) -> new long[] {0}));
            }
        }
        return Map.of("wasi_snapshot_preview1", functions);
    }

    private static List<Path> guests() throws IOException {
        try (var files = Files.walk(GUESTS, 3)) {
            return files.filter(file -> file.toString().endsWith(".wasm"))
                    .sorted()
                    .toList();
        }
    }

    /** A host that has everything of the published WASI texts and does nothing. */
    private static HostInterfaces wasi() throws IOException {
        try (var files = Files.walk(GUESTS.resolve("wit").resolve("deps"))) {
            var texts = files.filter(file -> file.toString().endsWith(".wit"))
                    .sorted(Comparator.comparing((Path file) -> String.valueOf(file.getParent()))
                            .thenComparing(file -> !read(file).contains("package "))
                            .thenComparing(Path::toString))
                    .map(PublishedGuestsTest::read)
                    .toArray(String[]::new);
            return HostInterfaces.of(Wit.parse(texts).values().stream()
                    .map(PublishedGuestsTest::idle)
                    .toList());
        }
    }

    private static HostInterface idle(WitInterface wit) {
        var builder = HostInterface.of(wit);
        wit.resources().keySet().forEach(name -> builder.resource(name, Object.class, object -> {}));
        return builder.others((name, type) -> (store, args) -> null).build();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

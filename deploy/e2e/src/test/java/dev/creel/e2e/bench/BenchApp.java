package dev.creel.e2e.bench;

import dev.creel.cli.push.Bundle;
import dev.creel.cli.push.Layer;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.lockedapp.ContentRef;
import dev.creel.contract.lockedapp.LockedApp;
import dev.creel.contract.lockedapp.LockedComponent;
import dev.creel.contract.lockedapp.LockedTrigger;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One of many applications.
 *
 * @param name unique on the platform
 * @param wasm makes its only component, anew each time: thousands would not fit into memory
 * @param answers what it answers
 */
record BenchApp(String name, Supplier<byte[]> wasm, List<MarkedGuest.Expected> answers) {
    /** As its manifest would be locked. */
    Bundle bundle() {
        var bytes = wasm.get();
        var layer = new Layer(Layer.WASM, Digest.of(bytes), bytes.length, new Layer.Content.InMemory(bytes));
        var component = new LockedComponent(
                "main",
                ContentRef.byDigest(layer.digest()),
                Map.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of());
        var trigger = new LockedTrigger("trigger--main", "http", Map.of("route", "/...", "component", "main"));
        var app = new LockedApp(name, "1.0.0", "", Map.of(), List.of(), Map.of(), List.of(trigger), List.of(component));
        return new Bundle(app, List.of(layer));
    }

    /** Where it answers. */
    String host() {
        return name + ".apps.localhost";
    }
}

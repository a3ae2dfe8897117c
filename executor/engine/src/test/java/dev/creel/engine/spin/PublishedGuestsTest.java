package dev.creel.engine.spin;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import dev.creel.component.Component;
import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.HostInterfaces;
import dev.creel.wasi.Wasi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Components built with Spin's SDKs, where they are at hand: everything they import is offered with the types they expect. */
final class PublishedGuestsTest {
    private static final Path GUESTS = Path.of(System.getProperty("creel.guests", "../../../shared/guests"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rust-caps/rust-caps.wasm",
                "rust-caps/rust-caps.core.wasm",
                "rust-hello/rust-hello.wasm",
                "rust-hello/rust-hello.core.wasm",
                "rust-hello-sdk3/rust-hello-sdk3.wasm",
                "rust-redis-trigger/rust-redis-trigger.wasm",
                "rust-compose/shop-composed.wasm",
                "go-spin/go-spin.wasm",
                "js-spin-legacy/js-spin-legacy.wasm",
                "py-http/py-http.wasm"
            })
    void linkWithWhatIsOffered(String guest) throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(GUESTS), "the published guests are not here");
        var component = Component.decode(
                Files.readAllBytes(GUESTS.resolve(guest)), new ChicoryEngine(), ComponentLimits.DEFAULT);
        List<HostInterface> all = Stream.of(Wasi.interfaces(), SpinInterfaces.interfaces())
                .flatMap(List::stream)
                .toList();
        assertDoesNotThrow(() -> component.plan(HostInterfaces.of(all).withCore(Wasi.preview1())));
    }
}

package dev.creel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.contract.artifact.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CodeCacheTest {
    private final CodeCache cache = new CodeCache(CoreEngines.only(new ChicoryEngine()), GuestInterfaces.all(), 2);
    private final byte[] hello = read();

    private static byte[] read() {
        try {
            // The small guest that the executor's tests use, too.
            return Files.readAllBytes(Path.of("../host/src/test/guests/probe.wasm"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void compilesOnceHoweverManyAskAtATime() throws Exception {
        var reads = new AtomicInteger();
        Callable<CompiledComponent> ask = () -> cache.get(Composition.of(Digest.of(hello)), digest -> {
            reads.incrementAndGet();
            return hello;
        });
        var all = new ArrayList<CompiledComponent>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : threads.invokeAll(java.util.Collections.nCopies(8, ask))) {
                all.add(one.get());
            }
        }
        all.add(ask.call());
        assertEquals(1, reads.get());
        for (var one : all) {
            assertSame(all.getFirst(), one);
        }
    }

    @Test
    void forgetsAFailureSoThatTheNextMayTryAgain() throws Exception {
        var wanted = Composition.of(Digest.of(hello));
        assertThrows(
                IOException.class,
                () -> cache.get(wanted, digest -> {
                    throw new IOException("the store is away");
                }));
        assertSame(cache.get(wanted, digest -> hello), cache.get(wanted, digest -> hello));
    }

    @Test
    void saysWhatIsWrongWithBytesThatAreNoComponent() {
        for (var bytes : new byte[][] {{}, {1, 2, 3}, "<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8)}) {
            var refused = assertThrows(
                    RefusedComponentException.class,
                    () -> cache.get(Composition.of(Digest.of(bytes)), digest -> bytes));
            assertTrue(refused.getMessage() != null && !refused.getMessage().isBlank());
        }
    }

    @Test
    void namesTheHandlersThatItKnowsWhenThereIsNone() {
        var empty = new byte[] {0, 'a', 's', 'm', 0xd, 0, 1, 0};
        var refused = assertThrows(
                RefusedComponentException.class, () -> cache.get(Composition.of(Digest.of(empty)), digest -> empty));
        assertEquals(
                "it exports no HTTP handler; supported are wasi:http/incoming-handler@0.2.x, fermyon:spin/inbound-http"
                        + " and, with the executor wagi, commands (wasi:cli/run)",
                refused.getMessage());
    }
}

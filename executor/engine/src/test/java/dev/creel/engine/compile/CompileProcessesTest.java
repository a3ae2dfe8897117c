package dev.creel.engine.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.codegen.CodegenEngine;
import dev.creel.component.chicory.CodeCache;
import dev.creel.component.chicory.MemoryCodeCache;
import dev.creel.component.core.EngineRole;
import dev.creel.contract.ByteSize;
import dev.creel.contract.artifact.Digest;
import dev.creel.engine.CompileStep;
import dev.creel.engine.Composition;
import dev.creel.engine.CoreEngines;
import dev.creel.engine.DerivedComponent;
import dev.creel.engine.GuestInterfaces;
import dev.creel.engine.RefusedComponentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CompileProcessesTest {
    private static final ByteSize HEAP = ByteSize.ofMiB(64);
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Counting store = new Counting();
    private final byte[] hello = read();

    /** Counts what is compiled. */
    private static final class Counting implements CodeCache {
        private final MemoryCodeCache entries = new MemoryCodeCache();
        private final List<String> puts = Collections.synchronizedList(new ArrayList<>());

        @Override
        public Optional<byte[]> get(String key) {
            return entries.get(key);
        }

        @Override
        public boolean has(String key) {
            return entries.has(key);
        }

        @Override
        public void put(String key, byte[] code) {
            puts.add(key);
            entries.put(key, code);
        }
    }

    private static byte[] read() {
        try {
            return Files.readAllBytes(Path.of("../host/src/test/guests/probe.wasm"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private CompileProcesses processes(Duration deadline, Duration idle) {
        return new CompileProcesses(new CompileConfig(1, HEAP, deadline, idle), TrialCompiler.command(HEAP), store);
    }

    private static DerivedComponent compile(CompileProcesses processes, byte[] wasm)
            throws IOException, InterruptedException {
        var digest = Digest.of(wasm);
        return processes.compile(Composition.of(digest), Map.of(digest, wasm), words -> {});
    }

    @Test
    void whatAProcessMakesIsWhatTheStepMakesHere() throws Exception {
        var here = new MemoryCodeCache();
        var digest = Digest.of(hello);
        var expected = new CompileStep(
                        CoreEngines.only(new CodegenEngine(here, EngineRole.COMPILE)), GuestInterfaces.all())
                .compile(Composition.of(digest), Map.of(digest, hello), words -> {});
        try (var processes = processes(LONG, LONG)) {
            assertArrayEquals(expected.encoded(), compile(processes, hello).encoded());
            assertTrue(!store.puts.isEmpty());
            for (var key : store.puts) {
                assertArrayEquals(here.get(key).orElseThrow(), store.get(key).orElseThrow());
            }
        }
    }

    @Test
    void codeThatTheStoreHasIsNotCompiledAgain() throws Exception {
        try (var processes = processes(LONG, LONG)) {
            var first = compile(processes, hello);
            int puts = store.puts.size();
            assertArrayEquals(first.encoded(), compile(processes, hello).encoded());
            assertEquals(puts, store.puts.size());
            assertEquals(1, processes.count());
        }
    }

    @Test
    void refusalsArriveInTheSameWords() throws Exception {
        try (var processes = processes(LONG, LONG)) {
            var e = assertThrows(RefusedComponentException.class, () -> compile(processes, new byte[] {1, 2, 3}));
            assertTrue(String.valueOf(e.getMessage()).startsWith("this is not WebAssembly"), e::getMessage);
            // The process is as good as before.
            compile(processes, hello);
            assertEquals(1, processes.count());
        }
    }

    @Test
    void aComponentThatTakesAllMemoryIsRefusedAndNothingElseHappens() throws Exception {
        var large = java.util.Arrays.copyOf(hello, 100 << 20);
        try (var processes = processes(LONG, LONG)) {
            var e = assertThrows(RefusedComponentException.class, () -> compile(processes, large));
            assertEquals("compiling it takes more memory than 64MiB", e.getMessage());
            compile(processes, hello);
        }
    }

    @Test
    void aComponentThatTakesTooLongIsRefused() throws Exception {
        try (var processes = processes(Duration.ofMillis(5), LONG)) {
            var e = assertThrows(RefusedComponentException.class, () -> compile(processes, hello));
            assertEquals("compiling it takes longer than 0.005 s", e.getMessage());
            assertEquals(0, processes.count());
        }
    }

    @Test
    void aProcessThatSomebodyEndsIsReplaced() throws Exception {
        try (var processes = processes(LONG, LONG)) {
            compile(processes, hello);
            var ours = ProcessHandle.current()
                    .children()
                    .filter(child -> child.info().commandLine().orElse("").contains("TrialCompiler"))
                    .toList();
            assertEquals(1, ours.size());
            ours.getFirst().destroyForcibly();
            compile(processes, java.util.Arrays.copyOf(hello, hello.length));
        }
    }

    @Test
    void manyAtATimeTakeTurns() throws Exception {
        try (var processes = processes(LONG, LONG);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<DerivedComponent> one = () -> compile(processes, hello);
            for (var done : threads.invokeAll(Collections.nCopies(6, one))) {
                done.get();
            }
            assertEquals(1, processes.count());
        }
    }

    @Test
    void aProcessWithNothingToDoEnds() throws Exception {
        try (var processes = processes(LONG, Duration.ofMillis(20))) {
            compile(processes, hello);
            long end = System.nanoTime() + LONG.toNanos();
            while (processes.count() > 0) {
                assertTrue(System.nanoTime() < end, "it does not end");
                Thread.sleep(5);
            }
        }
    }

    @Test
    void nothingIsCompiledAfterTheEnd() {
        var processes = processes(LONG, LONG);
        processes.close();
        assertThrows(IOException.class, () -> compile(processes, hello));
    }
}

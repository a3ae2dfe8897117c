package dev.creel.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.chicory.MemoryCodeCache;
import dev.creel.contract.ByteSize;
import dev.creel.engine.ComponentCache;
import dev.creel.engine.ModuleCacheConfig;
import dev.creel.host.app.WarmUpConfig;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Applications that do not stay loaded answer all the same. */
@Timeout(120)
class ModuleCacheTest {
    private static final ModuleCacheConfig NO_ROOM =
            new ModuleCacheConfig(ByteSize.ofBytes(1), Duration.ofMinutes(10), 50);

    @TempDir
    Path directory;

    private final MemoryCodeCache store = new MemoryCodeCache();
    private final ComponentCache components = TrialExecutor.components(store, NO_ROOM);
    private TrialExecutor executor;

    @BeforeEach
    void start() throws Exception {
        var config = ExecutorConfig.defaults().withWarmUp(new WarmUpConfig(0, Duration.ZERO));
        executor = new TrialExecutor(config, directory.resolve("node"), InstantSource.system(), components);
    }

    @AfterEach
    void stop() {
        executor.close();
    }

    @Test
    void aRequestLoadsWhatItNeedsAndCompilesNothing() throws Exception {
        var revision = executor.probe("");
        for (int i = 0; i < 20; i++) {
            System.gc();
            assertEquals(200, executor.get(revision, "/").statusCode());
        }
        assertEquals(1, components.numbers().compiled());
        assertTrue(components.numbers().loads() > 1, () -> components.numbers().toString());
        assertEquals(0, components.numbers().components());
    }

    @Test
    void manyAtATimeAllGetTheirAnswer() throws Exception {
        var revision = executor.probe("");
        Callable<HttpResponse<String>> ask = () -> executor.get(revision, "/");
        var answers = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(Collections.nCopies(64, ask))) {
                answers.add(answer.get().statusCode());
            }
        }
        assertEquals(
                Collections.nCopies(64, 200),
                answers,
                () -> executor.logs.read(executor.app, Instant.EPOCH, 100).toString());
    }

    @Test
    void codeThatIsLostIsCompiledAgainWhileRequestsAreToldToComeLater() throws Exception {
        var revision = executor.probe("");
        store.clear();
        HttpResponse<String> refused;
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        do {
            assertTrue(System.nanoTime() < end, "nothing was lost");
            System.gc();
            refused = executor.get(revision, "/");
        } while (refused.statusCode() == 200);
        assertEquals(503, refused.statusCode());
        assertEquals("1", refused.headers().firstValue("retry-after").orElseThrow());
        Eventually.holds(() -> answers(revision), () -> "it does not come back");
        assertEquals(2, components.numbers().compiled());
    }

    private boolean answers(dev.creel.contract.app.RevisionId revision) {
        try {
            return executor.get(revision, "/").statusCode() == 200;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.creel.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.chassis.oci.MediaTypes;
import dev.creel.chassis.oci.OciDescriptor;
import dev.creel.codegen.EngineChoice;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.board.Holding;
import dev.creel.contract.board.Placement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From placements to what this node holds. */
@Timeout(120)
class HolderTest {
    private static final String APP = """
            {"spin_lock_version": 1, "metadata": {"name": "trial"}, "variables": {"colour": {"default": "red"}},
             "triggers": [{"id": "t", "trigger_type": "http", "trigger_config": {"component": "probe", "route": "/..."}}],
             "components": [{"id": "probe", "source": {"content_type": "application/wasm", "digest": "%s"} %s}]}
            """;

    @TempDir
    Path directory;

    private TrialExecutor executor;

    @BeforeEach
    void start() throws Exception {
        executor = new TrialExecutor(TrialExecutor.quick(), directory.resolve("node"));
    }

    @AfterEach
    void stop() {
        executor.close();
    }

    @Test
    void unloadsWhatIsNoLongerPlacedHere() throws Exception {
        var revision = executor.probe("");
        assertEquals(200, executor.get(revision, "/").statusCode());
        executor.unplace(revision);
        executor.entry(entry -> entry.holdings().isEmpty());
        assertEquals(421, executor.get(revision, "/").statusCode());
    }

    @Test
    void keepsARevisionLoadedWhenOnlyItsVariablesChange() throws Exception {
        var revision = executor.probe("");
        var before = executor.placement(revision);
        // From now on nothing can be pulled: a reload would show.
        executor.artifacts.failures.set(Integer.MAX_VALUE);
        executor.place(new Placement(
                before.app(),
                before.tenant(),
                before.name(),
                before.host(),
                before.revision(),
                Map.of("colour", "blue")));
        for (int i = 0; i < 50; i++) {
            assertEquals(200, executor.get(revision, "/").statusCode());
        }
        assertEquals(new Holding.Ready(), executor.entry(e -> true).holdings().get(revision));
    }

    @Test
    void saysOfARevisionThatItRunsOnTheOtherEngine() throws Exception {
        Assumptions.assumeTrue(TrialExecutor.CHOICE == EngineChoice.CODEGEN, "the first engine lacks nothing");
        var wasm = executor.layer(
                MediaTypes.WASM, Files.readAllBytes(Path.of("../engine/src/test/guests/manyparams.wasm")));
        var revision = executor.ready(executor.push("""
                {"spin_lock_version": 1, "metadata": {"name": "trial"},
                 "triggers": [{"id": "t", "trigger_type": "http",
                   "trigger_config": {"component": "many", "route": "/...", "executor": {"type": "wagi"}}}],
                 "components": [{"id": "many", "source": {"content_type": "application/wasm", "digest": "%s"}}]}
                """.formatted(wasm.digest()), wasm));
        var holding = executor.entry(entry -> true).holdings().get(revision);
        var note = holding instanceof Holding.Ready ready ? ready.note().orElse("") : "";
        assertTrue(
                note.startsWith("component \"many\" runs on chicory-1.7.5, because codegen-1 lacks something: "), note);
        assertEquals("many", executor.get(revision, "/").body());
    }

    @Test
    void triesAgainWhenTheStoreIsAway() throws Exception {
        executor.artifacts.failures.set(1);
        assertEquals(200, executor.get(executor.probe(""), "/").statusCode());
    }

    @Test
    void refusesAComponentThatIsDamaged() throws Exception {
        var wasm = executor.layer(MediaTypes.WASM, new byte[] {1, 2, 3});
        var manifest = executor.push(APP.formatted(wasm.digest(), ""), wasm);
        executor.artifacts.forge(wasm.digest(), new byte[] {3, 2, 1});
        assertSays("component \"probe\" is damaged", manifest);
    }

    @Test
    void runsAComponentWithItsDependency() throws Exception {
        var revision = executor.ready(composed(executor.layer(MediaTypes.WASM, TrialExecutor.guest("words.wasm"))));
        assertEquals(
                "HELLO FROM THE FRONT\nthe library sees none\nI see none\n",
                executor.get(revision, "/").body());
    }

    @Test
    void refusesADependencyThatIsDamagedOrMissing() throws Exception {
        // Cut off, so that no other test has compiled these bytes.
        var words = executor.layer(MediaTypes.WASM, Arrays.copyOf(TrialExecutor.guest("words.wasm"), 2000));
        var manifest = composed(words);
        executor.artifacts.forge(words.digest(), new byte[] {3, 2, 1});
        assertSays("dependency 'demo:words' of component 'front' is damaged", manifest);
        var nowhere = new OciDescriptor(MediaTypes.WASM, Digest.of(new byte[] {43}), 1);
        assertSays("dependency 'demo:words' of component 'front' is missing", composed(nowhere));
    }

    @Test
    void refusesADependencyThatIsNoComponent() throws Exception {
        var text = executor.layer(MediaTypes.WASM, "no wasm".getBytes(StandardCharsets.UTF_8));
        assertSays("dependency 'demo:words' of component 'front': this is not WebAssembly", composed(text));
    }

    private Digest composed(OciDescriptor words) {
        var front = executor.layer(MediaTypes.WASM, TrialExecutor.guest("front.wasm"));
        return executor.push("""
                {"spin_lock_version": 0, "metadata": {"name": "composed"},
                 "triggers": [{"id": "t", "trigger_type": "http", "trigger_config": {"component": "front", "route": "/..."}}],
                 "components": [{"id": "front", "source": {"content_type": "application/wasm", "digest": "%s"},
                   "dependencies": {"demo:words": {"source": {"content_type": "application/wasm", "digest": "%s"}, "export": null}}}]}
                """.formatted(front.digest(), words.digest()), front, words);
    }

    @Test
    void refusesAManifestThatIsDamaged() throws Exception {
        var manifest = executor.push(APP.formatted(executor.artifacts.put(TrialExecutor.PROBE), ""));
        executor.artifacts.forge(manifest, "{}".getBytes(StandardCharsets.UTF_8));
        assertSays("the application's manifest is damaged", manifest);
    }

    @Test
    void refusesAComponentThatIsMissing() throws Exception {
        var nowhere = Digest.of(new byte[] {42});
        assertSays("component \"probe\" is missing", executor.push(APP.formatted(nowhere, "")));
    }

    @Test
    void refusesWhatIsNoWasm() throws Exception {
        var text = executor.layer(MediaTypes.WASM, "no wasm".getBytes(StandardCharsets.UTF_8));
        assertSays("component \"probe\": ", executor.push(APP.formatted(text.digest(), ""), text));
    }

    @Test
    void refusesAComponentWithoutAHandler() throws Exception {
        // An empty component: magic, version 0xd, layer 1.
        var empty = executor.layer(MediaTypes.WASM, new byte[] {0, 'a', 's', 'm', 0xd, 0, 1, 0});
        assertSays(
                "component \"probe\": it exports no HTTP handler; supported are wasi:http/incoming-handler@0.2.x",
                executor.push(APP.formatted(empty.digest(), ""), empty));
    }

    @Test
    void refusesAnOutboundHostThatMeansNothing() throws Exception {
        var locked = APP.formatted(
                executor.artifacts.put(TrialExecutor.PROBE),
                ", \"metadata\": {\"allowed_outbound_hosts\": [\"example.com\"]}");
        assertSays("component \"probe\": ", executor.push(locked));
    }

    @Test
    void refusesAnUnknownRequirement() throws Exception {
        assertSays(
                "unknown_requirement",
                executor.push(
                        APP.replace("\"metadata\":", "\"must_understand\": [\"unknown_requirement\"], \"metadata\":")
                                .formatted(executor.artifacts.put(TrialExecutor.PROBE), "")));
    }

    @Test
    void goesOnAfterARefusal() throws Exception {
        assertSays("is missing", executor.push(APP.formatted(Digest.of(new byte[] {42}), "")));
        assertEquals(200, executor.get(executor.probe(""), "/").statusCode());
    }

    @Test
    void leavesTheBoardWhenItCloses() throws Exception {
        assertTrue(executor.board.nodes().current().value().entries().containsKey(TrialExecutor.NODE));
        var board = executor.board;
        executor.close();
        assertFalse(board.nodes().current().value().entries().containsKey(TrialExecutor.NODE));
        start();
    }

    private void assertSays(String what, Digest manifest) throws Exception {
        var reason = executor.refused(manifest);
        assertTrue(reason.contains(what), reason);
    }
}

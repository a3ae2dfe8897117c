package dev.creel.host;

import dev.creel.chassis.oci.MediaTypes;
import dev.creel.chassis.oci.OciDescriptor;
import dev.creel.chassis.oci.OciManifest;
import dev.creel.codegen.EngineChoice;
import dev.creel.component.chicory.ChicoryEngine;
import dev.creel.component.chicory.CodeCache;
import dev.creel.component.chicory.MemoryCodeCache;
import dev.creel.component.core.EngineRole;
import dev.creel.contract.ByteSize;
import dev.creel.contract.app.AppId;
import dev.creel.contract.app.HostName;
import dev.creel.contract.app.RevisionId;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.artifact.RepositoryName;
import dev.creel.contract.board.Holding;
import dev.creel.contract.board.MemoryBoard;
import dev.creel.contract.board.NodeEntry;
import dev.creel.contract.board.NodeId;
import dev.creel.contract.board.Placement;
import dev.creel.contract.board.Placements;
import dev.creel.contract.board.RevisionSource;
import dev.creel.contract.logs.GuestLine;
import dev.creel.contract.logs.MemoryGuestLogs;
import dev.creel.engine.CompileStep;
import dev.creel.engine.CompiledComponent;
import dev.creel.engine.ComponentCache;
import dev.creel.engine.CoreEngines;
import dev.creel.engine.Engine;
import dev.creel.engine.GuestInterfaces;
import dev.creel.engine.ModuleCacheConfig;
import dev.creel.engine.NodeMemory;
import dev.creel.host.app.WarmUpConfig;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** A whole executor on a board of its own; the test plays control plane, scheduler, registry and edge. */
final class TrialExecutor implements AutoCloseable {
    static final String KEY = "the edge's key";
    static final NodeId NODE = new NodeId("trial");
    static final byte[] PROBE = guest("probe.wasm");

    static final TenantId TENANT = TenantId.random();
    /** What runs guests in these tests: {@code -Dcreel.engine}, else the usual one. */
    static final EngineChoice CHOICE =
            EngineChoice.named(System.getProperty("creel.engine", EngineChoice.DEFAULT.word()));

    static final Engine ENGINE = new Engine(NodeMemory.halfOfTheHeap(ByteSize.ofMiB(64)));
    private static final MemoryCodeCache STORE = new MemoryCodeCache();

    /** Shared, so that the guest is compiled once for all tests. */
    private static final ComponentCache COMPONENTS = components(STORE, ModuleCacheConfig.DEFAULTS);

    final HeldArtifacts artifacts = new HeldArtifacts();
    final MemoryGuestLogs logs = new MemoryGuestLogs(ByteSize.ofMiB(4), Clock.systemUTC());
    final MemoryBoard board = new MemoryBoard();
    final AppId app = AppId.random();
    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Vertx vertx = Vertx.vertx();
    private final ExecutorNode node;
    private final Map<RevisionId, Placement> placed = new HashMap<>();

    TrialExecutor(ExecutorConfig config, Path directory) throws IOException, InterruptedException {
        this(config, directory, InstantSource.system());
    }

    TrialExecutor(ExecutorConfig config, Path directory, InstantSource clock) throws IOException, InterruptedException {
        this(config, directory, clock, COMPONENTS);
    }

    TrialExecutor(ExecutorConfig config, Path directory, InstantSource clock, ComponentCache components)
            throws IOException, InterruptedException {
        node = ExecutorNode.start(
                NODE,
                config,
                new ExecutorNode.Surroundings(
                        vertx, ENGINE, components, board, artifacts, logs, directory, KEY, clock));
    }

    /** Components that are compiled in this process. */
    static ComponentCache components(CodeCache store, ModuleCacheConfig config) {
        var compiler = new CompileStep(engines(store, EngineRole.COMPILE), GuestInterfaces.all());
        return new ComponentCache(engines(store, EngineRole.RUN), GuestInterfaces.all(), compiler, store, config);
    }

    /** A component that nobody shares. */
    static CompiledComponent compiled(byte[] wasm) {
        return CompiledComponent.of(wasm, engines(CodeCache.NONE, EngineRole.COMPILE_AND_RUN), GuestInterfaces.all());
    }

    private static CoreEngines engines(CodeCache store, EngineRole role) {
        return CoreEngines.of(CHOICE.engine(store, role), new ChicoryEngine(store, role));
    }

    /** Short limits, so that tests of them are quick. */
    static ExecutorConfig quick() {
        var config = ExecutorConfig.defaults();
        var limits = config.guest();
        return config.withGuest(limits.withWall(Duration.ofSeconds(1)).withMemory(ByteSize.ofMiB(8)))
                .withWarmUp(new WarmUpConfig(0, Duration.ZERO));
    }

    static byte[] guest(String name) {
        try {
            return Files.readAllBytes(Path.of("src/test/guests", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether no guest is under way. */
    boolean idle() {
        return node.busy() == 0;
    }

    /** Runs of guests that nobody asked for. */
    long warmUpRuns() {
        return node.warmUpRuns();
    }

    /** Waits until so many guests are under way. */
    void awaitBusy(int guests) throws InterruptedException {
        Eventually.holds(() -> node.busy() == guests, () -> node.busy() + " guests are under way, not " + guests);
    }

    int port() {
        return node.port();
    }

    /** One component that answers everything; {@code extras} are more keys of it, as JSON. */
    RevisionId probe(String extras) throws Exception {
        return ready(push("""
                {"spin_lock_version": 1, "metadata": {"name": "trial", "version": "1.0"},
                 "variables": {"colour": {"default": "red"}},
                 "triggers": [{"id": "t", "trigger_type": "http", "trigger_config": {"component": "probe", "route": "/..."}}],
                 "components": [{"id": "probe", "source": {"content_type": "application/wasm", "digest": "%s"} %s}]}
                """.formatted(artifacts.put(PROBE), extras), layer(MediaTypes.WASM, PROBE)));
    }

    OciDescriptor layer(String mediaType, byte[] bytes) {
        return new OciDescriptor(mediaType, artifacts.put(bytes), bytes.length);
    }

    /** Pushes an application; its manifest's digest. */
    Digest push(String locked, OciDescriptor... layers) {
        var all = new ArrayList<OciDescriptor>();
        all.add(layer(MediaTypes.LOCKED_APP, locked.getBytes(StandardCharsets.UTF_8)));
        all.addAll(Arrays.asList(layers));
        return artifacts.put(new OciManifest(layer(MediaTypes.IMAGE_CONFIG, "{}".getBytes(StandardCharsets.UTF_8)), all)
                .write());
    }

    /** Places a pushed application. */
    RevisionId place(Digest manifest) {
        var source = new RevisionSource(RevisionId.random(), "1.0", new RepositoryName(TENANT, "trial"), manifest);
        place(new Placement(app, TENANT, "trial", new HostName("trial.localhost"), source, Map.of()));
        return source.id();
    }

    /** Another application that has the manifest of a revision. */
    RevisionId otherApp(RevisionId revision, TenantId tenant) throws Exception {
        var like = placement(revision).revision();
        var source = new RevisionSource(RevisionId.random(), "1.0", like.repository(), like.manifest());
        place(new Placement(AppId.random(), tenant, "other", new HostName("other.localhost"), source, Map.of()));
        settled(source.id());
        return source.id();
    }

    void place(Placement placement) {
        placed.put(placement.revision().id(), placement);
        board.placements().publish(new Placements(Map.of(NODE, placed)));
    }

    Placement placement(RevisionId revision) {
        return placed.get(revision);
    }

    void unplace(RevisionId revision) {
        placed.remove(revision);
        board.placements().publish(new Placements(Map.of(NODE, placed)));
    }

    RevisionId ready(Digest manifest) throws Exception {
        var revision = place(manifest);
        var holding = settled(revision);
        if (!(holding instanceof Holding.Ready)) {
            throw new AssertionError("not ready: " + holding);
        }
        return revision;
    }

    String refused(Digest manifest) throws Exception {
        var holding = settled(place(manifest));
        if (holding instanceof Holding.Refused(var reason)) {
            return reason;
        }
        throw new AssertionError("not refused: " + holding);
    }

    Holding settled(RevisionId revision) throws Exception {
        return Objects.requireNonNull(entry(entry -> {
                    var holding = entry.holdings().get(revision);
                    return holding != null && !(holding instanceof Holding.Preparing);
                })
                .holdings()
                .get(revision));
    }

    /** Waits until this node's entry is as wanted. */
    NodeEntry entry(Predicate<NodeEntry> wanted) throws Exception {
        var until = Instant.now().plusSeconds(60);
        long seen = -1;
        while (Instant.now().isBefore(until)) {
            var image = board.nodes().awaitNewer(seen, Duration.ofSeconds(1));
            seen = image.version();
            var entry = image.value().entries().get(NODE);
            if (entry != null && wanted.test(entry)) {
                return entry;
            }
        }
        throw new AssertionError(
                "the board never said so; it says " + board.nodes().current());
    }

    HttpRequest.Builder request(RevisionId revision, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(30))
                .header("creel-key", KEY)
                .header("creel-revision", revision.toString())
                .header("creel-client", "203.0.113.7:51612")
                .header("creel-scheme", "http");
    }

    HttpResponse<String> get(RevisionId revision, String path) throws Exception {
        return client.send(request(revision, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Waits until the log has a line that contains {@code text}. */
    GuestLine line(String text) throws InterruptedException {
        Eventually.holds(() -> firstLine(text).isPresent(), () -> "no line says '" + text + "' among " + lines());
        return firstLine(text).orElseThrow();
    }

    private Optional<GuestLine> firstLine(String text) {
        return lines().stream().filter(line -> line.text().contains(text)).findFirst();
    }

    List<GuestLine> lines() {
        return logs.read(app, Instant.EPOCH, 1_000_000);
    }

    @Override
    public void close() {
        node.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}

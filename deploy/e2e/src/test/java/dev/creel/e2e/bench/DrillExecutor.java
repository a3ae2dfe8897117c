package dev.creel.e2e.bench;

import dev.creel.chassis.oci.MediaTypes;
import dev.creel.chassis.oci.OciDescriptor;
import dev.creel.chassis.oci.OciManifest;
import dev.creel.codegen.EngineChoice;
import dev.creel.component.chicory.MemoryCodeCache;
import dev.creel.component.core.EngineRole;
import dev.creel.contract.ByteSize;
import dev.creel.contract.app.AppId;
import dev.creel.contract.app.HostName;
import dev.creel.contract.app.RevisionId;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.artifact.Artifacts;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.artifact.RepositoryName;
import dev.creel.contract.board.Holding;
import dev.creel.contract.board.MemoryBoard;
import dev.creel.contract.board.NodeId;
import dev.creel.contract.board.Placement;
import dev.creel.contract.board.Placements;
import dev.creel.contract.board.RevisionSource;
import dev.creel.contract.logs.MemoryGuestLogs;
import dev.creel.engine.CompileStep;
import dev.creel.engine.ComponentCache;
import dev.creel.engine.CoreEngines;
import dev.creel.engine.Engine;
import dev.creel.engine.GuestInterfaces;
import dev.creel.engine.ModuleCacheConfig;
import dev.creel.engine.NodeMemory;
import dev.creel.host.ExecutorConfig;
import dev.creel.host.ExecutorNode;
import dev.creel.host.app.WarmUpConfig;
import dev.creel.host.outbound.OutboundConfig;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An executor in a process of its own, on a board of its own, with an application of one tenant for each guest that it is given. Prints its
 * port and the revisions, in the order of the guests.
 */
public final class DrillExecutor {
    static final String KEY = "the edge's key";
    private static final NodeId NODE = new NodeId("drill");
    private static final Duration POLL = Duration.ofSeconds(1);

    private DrillExecutor() {}

    /** Blobs in memory. */
    private static final class Held implements Artifacts {
        private final Map<Digest, byte[]> blobs = new HashMap<>();

        OciDescriptor put(String mediaType, byte[] bytes) {
            var digest = Digest.of(bytes);
            blobs.put(digest, bytes);
            return new OciDescriptor(mediaType, digest, bytes.length);
        }

        @Override
        public Optional<Digest> manifest(RepositoryName repository, String reference) {
            return Optional.empty();
        }

        @Override
        public Optional<InputStream> open(RepositoryName repository, Digest digest) {
            return Optional.ofNullable(blobs.get(digest)).map(ByteArrayInputStream::new);
        }
    }

    /** Arguments: how many milliseconds a run may take, a folder, and the guests. */
    public static void main(String[] args) throws Exception {
        var engine = new Engine(NodeMemory.halfOfTheHeap(ByteSize.ofMiB(512)));
        var defaults = ExecutorConfig.defaults();
        var config = defaults.withGuest(defaults.guest().withWall(Duration.ofMillis(Long.parseLong(args[0]))))
                .withWarmUp(new WarmUpConfig(0, Duration.ZERO))
                .withOutbound(OutboundConfig.DEFAULTS.withPrivateNetworks(true));
        var held = new Held();
        var board = new MemoryBoard();
        var placements = new HashMap<RevisionId, Placement>();
        var revisions = new ArrayList<RevisionId>();
        for (var guest : List.of(args).subList(2, args.length)) {
            var placement = placement(held, Path.of(guest), revisions.size());
            placements.put(placement.revision().id(), placement);
            revisions.add(placement.revision().id());
        }
        var around = new ExecutorNode.Surroundings(
                Vertx.vertx(),
                engine,
                components(),
                board,
                held,
                new MemoryGuestLogs(ByteSize.ofMiB(4), Clock.systemUTC()),
                Path.of(args[1]),
                KEY,
                InstantSource.system());
        var node = ExecutorNode.start(NODE, config, around);
        board.placements().publish(new Placements(Map.of(NODE, placements)));
        awaitReady(board, revisions);
        var line = new StringBuilder("ready ").append(node.port());
        revisions.forEach(revision -> line.append(' ').append(revision));
        System.out.println(line);
        Thread.currentThread().join();
    }

    /** They are compiled in this process. */
    private static ComponentCache components() {
        var store = new MemoryCodeCache();
        var compiling = CoreEngines.only(EngineChoice.CODEGEN.engine(store, EngineRole.COMPILE));
        return new ComponentCache(
                CoreEngines.only(EngineChoice.CODEGEN.engine(store, EngineRole.RUN)),
                GuestInterfaces.all(),
                new CompileStep(compiling, GuestInterfaces.all()),
                store,
                ModuleCacheConfig.DEFAULTS);
    }

    private static Placement placement(Held held, Path wasm, int number) throws Exception {
        var guest = held.put(MediaTypes.WASM, Files.readAllBytes(wasm));
        var locked = """
                {"spin_lock_version": 1, "metadata": {"name": "drill", "version": "1.0"},
                 "triggers": [{"id": "t", "trigger_type": "http", "trigger_config": {"component": "c", "route": "/..."}}],
                 "components": [{"id": "c", "source": {"content_type": "application/wasm", "digest": "%s"},
                  "metadata": {"allowed_outbound_hosts": ["*://127.0.0.1:*"]}}]}
                """.formatted(guest.digest());
        var layers = List.of(held.put(MediaTypes.LOCKED_APP, locked.getBytes(StandardCharsets.UTF_8)), guest);
        var manifest = new OciManifest(held.put(MediaTypes.IMAGE_CONFIG, "{}".getBytes(StandardCharsets.UTF_8)), layers)
                .write();
        var tenant = TenantId.random();
        var source = new RevisionSource(
                RevisionId.random(),
                "1.0",
                new RepositoryName(tenant, "drill"),
                held.put(MediaTypes.MANIFEST, manifest).digest());
        var host = new HostName("drill" + number + ".localhost");
        return new Placement(AppId.random(), tenant, "drill", host, source, Map.of());
    }

    private static void awaitReady(MemoryBoard board, List<RevisionId> revisions) throws Exception {
        long seen = -1;
        while (true) {
            var image = board.nodes().awaitNewer(seen, POLL);
            seen = image.version();
            var entry = image.value().entries().get(NODE);
            if (entry != null
                    && revisions.stream().allMatch(one -> entry.holdings().get(one) instanceof Holding.Ready)) {
                return;
            }
        }
    }
}

package dev.creel.scheduler;

import dev.creel.contract.app.AppId;
import dev.creel.contract.app.HostName;
import dev.creel.contract.app.RevisionId;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.artifact.RepositoryName;
import dev.creel.contract.board.Desired;
import dev.creel.contract.board.DesiredApp;
import dev.creel.contract.board.Endpoint;
import dev.creel.contract.board.Holding;
import dev.creel.contract.board.NodeEntry;
import dev.creel.contract.board.NodeId;
import dev.creel.contract.board.Nodes;
import dev.creel.contract.board.RevisionSource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes images for tests. */
final class Fleet {
    static final TenantId TENANT = new TenantId(new UUID(0, 1));

    private Fleet() {}

    static RevisionSource revision(String version) {
        var bytes = version.getBytes(StandardCharsets.UTF_8);
        return new RevisionSource(
                new RevisionId(UUID.nameUUIDFromBytes(bytes)),
                version,
                new RepositoryName(TENANT, "shop"),
                Digest.of(bytes));
    }

    static DesiredApp app(String name, RevisionSource wanted, Optional<RevisionSource> serving, int places) {
        return new DesiredApp(
                new AppId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))),
                TENANT,
                name,
                host(name),
                wanted,
                serving,
                Map.of(),
                places);
    }

    static HostName host(String name) {
        return new HostName(name + ".apps.test");
    }

    static Desired desired(DesiredApp... apps) {
        var byId = new HashMap<AppId, DesiredApp>();
        Arrays.stream(apps).forEach(app -> byId.put(app.app(), app));
        return new Desired(byId);
    }

    static NodeEntry node(String id, int appsMax, Map<RevisionId, Holding> holdings) {
        return new NodeEntry(new NodeId(id), new Endpoint(id, 1000 + id.charAt(id.length() - 1)), appsMax, holdings);
    }

    static Nodes nodes(NodeEntry... entries) {
        var nodes = Nodes.NONE;
        for (var entry : entries) {
            nodes = nodes.with(entry);
        }
        return nodes;
    }
}

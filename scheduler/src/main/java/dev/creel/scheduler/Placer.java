package dev.creel.scheduler;

import dev.creel.contract.app.RevisionId;
import dev.creel.contract.board.Desired;
import dev.creel.contract.board.DesiredApp;
import dev.creel.contract.board.Holding;
import dev.creel.contract.board.NodeEntry;
import dev.creel.contract.board.NodeId;
import dev.creel.contract.board.Nodes;
import dev.creel.contract.board.Placement;
import dev.creel.contract.board.Placements;
import dev.creel.contract.board.RevisionSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses nodes for revisions. Pure: the same three images give the same placements. What is placed on a living node stays
 * there, so that nothing is compiled twice; the rest goes where the fewest revisions are.
 *
 * <p>An application's wanted revision is placed always. The one that served before is placed until the wanted one is ready on
 * every node that holds it — then routes have moved and it may go.
 */
public final class Placer {
    private final Desired desired;
    private final Nodes nodes;
    private final Placements before;
    private final Map<NodeId, Map<RevisionId, Placement>> chosen = new HashMap<>();

    private Placer(Desired desired, Nodes nodes, Placements before) {
        this.desired = desired;
        this.nodes = nodes;
        this.before = before;
        nodes.entries().keySet().forEach(node -> chosen.put(node, new HashMap<>()));
    }

    /** Where every revision should be held, given where they are. */
    public static Placements place(Desired desired, Nodes nodes, Placements before) {
        return new Placer(desired, nodes, before).place();
    }

    private Placements place() {
        var apps = new ArrayList<>(desired.apps().values());
        apps.sort(Comparator.comparing(app -> app.app().value()));
        for (var app : apps) {
            put(app, app.wanted());
            app.serving().filter(old -> !readyEverywhere(app.wanted())).ifPresent(old -> put(app, old));
        }
        return new Placements(chosen);
    }

    private void put(DesiredApp app, RevisionSource revision) {
        var placement = new Placement(app.app(), app.tenant(), app.name(), app.host(), revision, app.variables());
        for (var node : choose(revision.id(), app.places())) {
            on(node).put(revision.id(), placement);
        }
    }

    /** At most {@code places} nodes: those that hold it now, then those with the most room. Full nodes take nothing new. */
    private List<NodeId> choose(RevisionId revision, int places) {
        return nodes.entries().values().stream()
                .filter(node -> holdsNow(node.id(), revision) || on(node.id()).size() < node.appsMax())
                .sorted(Comparator.comparing((NodeEntry node) -> !holdsNow(node.id(), revision))
                        .thenComparingInt(node -> on(node.id()).size())
                        .thenComparing(NodeEntry::id))
                .limit(places)
                .map(NodeEntry::id)
                .toList();
    }

    private Map<RevisionId, Placement> on(NodeId node) {
        return chosen.computeIfAbsent(node, ignored -> new HashMap<>());
    }

    private boolean holdsNow(NodeId node, RevisionId revision) {
        return before.on(node).containsKey(revision);
    }

    private boolean readyEverywhere(RevisionSource revision) {
        var holders = nodes.entries().values().stream()
                .filter(node -> on(node.id()).containsKey(revision.id()))
                .toList();
        return !holders.isEmpty()
                && holders.stream().allMatch(node -> node.holdings().get(revision.id()) instanceof Holding.Ready);
    }
}

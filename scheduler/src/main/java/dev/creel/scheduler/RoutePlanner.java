package dev.creel.scheduler;

import dev.creel.contract.app.HostName;
import dev.creel.contract.app.RevisionId;
import dev.creel.contract.board.Desired;
import dev.creel.contract.board.DesiredApp;
import dev.creel.contract.board.Endpoint;
import dev.creel.contract.board.Holding;
import dev.creel.contract.board.NodeEntry;
import dev.creel.contract.board.Nodes;
import dev.creel.contract.board.Placements;
import dev.creel.contract.board.RevisionSource;
import dev.creel.contract.board.Route;
import dev.creel.contract.board.Routes;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Says where each host's requests go. Pure. A route moves to the wanted revision when every node that was told to hold it is
 * ready; until then, and for ever if it is refused, the revision that served before serves.
 */
public final class RoutePlanner {
    /** By name. */
    private final List<NodeEntry> nodes;

    private final Placements placements;
    private final Routes before;
    private final Map<HostName, Route> routes = new HashMap<>();
    private final Set<HostName> waiting = new HashSet<>();
    private final Map<RevisionId, String> refused = new HashMap<>();
    private final Map<RevisionId, String> notes = new HashMap<>();

    private RoutePlanner(Nodes nodes, Placements placements, Routes before) {
        this.nodes = nodes.entries().values().stream()
                .sorted(Comparator.comparing(NodeEntry::id))
                .toList();
        this.placements = placements;
        this.before = before;
    }

    /** The routes that follow from what nodes hold, given the routes so far. */
    public static Routes plan(Desired desired, Nodes nodes, Placements placements, Routes before) {
        var planner = new RoutePlanner(nodes, placements, before);
        desired.apps().values().forEach(planner::route);
        return new Routes(planner.routes, planner.waiting, planner.refused, planner.notes);
    }

    private void route(DesiredApp app) {
        var holders = holders(app.wanted());
        refusal(app.wanted(), holders)
                .ifPresent(reason -> refused.put(app.wanted().id(), reason));
        boolean servesAlready = Optional.ofNullable(before.byHost().get(app.host()))
                .filter(route -> route.revision().equals(app.wanted().id()))
                .isPresent();
        var wanted = ready(app.wanted(), holders);
        boolean complete = !wanted.isEmpty() && wanted.size() == holders.size();
        var fallback =
                app.serving().map(serving -> ready(serving, holders(serving))).orElse(List.of());
        // A revision that serves keeps serving from the nodes that are left; a new one must be ready everywhere first.
        if (complete || (!wanted.isEmpty() && (servesAlready || fallback.isEmpty()))) {
            routes.put(app.host(), to(app, app.wanted(), wanted));
        } else if (!fallback.isEmpty()) {
            routes.put(app.host(), to(app, app.serving().orElseThrow(), fallback));
        } else {
            waiting.add(app.host());
        }
        if (!complete) {
            progress(app.wanted(), holders)
                    .ifPresent(words -> notes.put(app.wanted().id(), words));
        }
    }

    private Route to(DesiredApp app, RevisionSource revision, List<Endpoint> endpoints) {
        note(revision).ifPresent(note -> notes.put(revision.id(), note));
        return new Route(app.app(), app.tenant(), revision.id(), revision.manifest(), endpoints);
    }

    private static List<Endpoint> ready(RevisionSource revision, List<NodeEntry> holders) {
        return holders.stream()
                .filter(node -> node.holdings().get(revision.id()) instanceof Holding.Ready)
                .map(NodeEntry::endpoint)
                .toList();
    }

    /** What a node that runs it has to say. */
    private Optional<String> note(RevisionSource revision) {
        return holders(revision).stream()
                .map(node -> node.holdings().get(revision.id()))
                .flatMap(holding ->
                        holding instanceof Holding.Ready ready ? ready.note().stream() : Stream.<String>empty())
                .findFirst();
    }

    /** How far a node is that prepares it. */
    private static Optional<String> progress(RevisionSource revision, List<NodeEntry> holders) {
        return holders.stream()
                .map(node -> node.holdings().get(revision.id()))
                .flatMap(holding -> holding instanceof Holding.Preparing preparing
                        ? preparing.progress().stream()
                        : Stream.<String>empty())
                .findFirst();
    }

    private List<NodeEntry> holders(RevisionSource revision) {
        return nodes.stream()
                .filter(node -> placements.on(node.id()).containsKey(revision.id()))
                .toList();
    }

    /** Why no node runs it; empty while any may still. */
    private static Optional<String> refusal(RevisionSource revision, List<NodeEntry> holders) {
        var reasons = holders.stream()
                .map(node -> node.holdings().get(revision.id()) instanceof Holding.Refused no ? no.reason() : null)
                .toList();
        return reasons.isEmpty() || reasons.contains(null) ? Optional.empty() : Optional.of(reasons.getFirst());
    }
}

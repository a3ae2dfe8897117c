package dev.creel.cli.top;

import dev.creel.chassis.json.JsonAt;
import dev.creel.chassis.json.NumbersJson;
import dev.creel.contract.ProblemCode;
import dev.creel.contract.app.AppId;
import dev.creel.contract.board.NodeId;
import dev.creel.contract.numbers.AppNumbers;
import dev.creel.contract.numbers.Counts;
import dev.creel.contract.numbers.NodeNumbers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The numbers of all nodes, as the platform told them at one moment.
 *
 * @param nodes by name, those that answered
 * @param silent nodes that did not, with the reason
 * @param names of applications, with their tenant's
 */
public record Look(Map<NodeId, NodeNumbers> nodes, Map<String, String> silent, Map<AppId, String> names) {
    /** Reads the answer of {@code /admin/v1/numbers}. */
    public static Look read(byte[] document) {
        var root = JsonAt.root("platform's document of numbers", document, ProblemCode.UNPROCESSABLE);
        var nodes = new LinkedHashMap<NodeId, NodeNumbers>();
        var silent = new LinkedHashMap<String, String>();
        for (var node : root.need("nodes").items()) {
            var name = node.need("node").text();
            node.find("numbers").ifPresent(numbers -> nodes.put(new NodeId(name), NumbersJson.read(numbers)));
            node.find("problem").ifPresent(problem -> silent.put(name, problem.text()));
        }
        var names = new LinkedHashMap<AppId, String>();
        for (var app : root.need("apps").items()) {
            names.put(
                    AppId.parse(app.need("app").text()),
                    app.need("name").text() + " (" + app.need("tenant").text() + ")");
        }
        return new Look(nodes, silent, names);
    }

    /** What happened in all on all nodes. */
    Counts totals() {
        return nodes.values().stream().map(NodeNumbers::totals).reduce(Counts.NONE, Counts::plus);
    }

    /** The applications that nodes list, over all of them. */
    Map<AppId, AppNumbers> apps() {
        var all = new LinkedHashMap<AppId, AppNumbers>();
        nodes.values().forEach(node -> node.apps().forEach(app -> all.merge(app.app(), app, AppNumbers::plus)));
        return all;
    }

    /** What a node told, if it is there. */
    Optional<NodeNumbers> node(NodeId id) {
        return Optional.ofNullable(nodes.get(id));
    }

    /** What to call an application. */
    String name(AppId app) {
        return names.getOrDefault(app, app.toString());
    }
}

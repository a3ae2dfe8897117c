package dev.creel.e2e.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ArrowsTest {
    /** Module → modules whose packages its main code may name. What is not here may name nothing of ours. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("platform-api/contract", Set.of()),
            Map.entry("platform-api/chassis", Set.of("platform-api/contract")),
            Map.entry("platform-api/control", Set.of("platform-api/contract", "platform-api/chassis")),
            Map.entry("artifact-store", Set.of("platform-api/contract", "platform-api/chassis")),
            Map.entry("scheduler", Set.of("platform-api/contract", "platform-api/chassis")),
            Map.entry("edge-router", Set.of("platform-api/contract", "platform-api/chassis")),
            Map.entry("executor/component", Set.of()),
            Map.entry("executor/codegen", Set.of("executor/component")),
            Map.entry("executor/wasi", Set.of("executor/component")),
            Map.entry("executor/engine", Set.of("executor/component", "executor/wasi", "platform-api/contract")),
            Map.entry(
                    "executor/host",
                    Set.of(
                            "executor/engine",
                            "executor/component",
                            "executor/wasi",
                            "platform-api/contract",
                            "platform-api/chassis")),
            Map.entry("deploy/cli", Set.of("platform-api/contract", "platform-api/chassis")));

    private final SourceTree tree = SourceTree.read();

    @Test
    void modulesNameOnlyThoseBelowThem() {
        var owner = new HashMap<String, String>();
        tree.packagesByModule().forEach((module, packages) -> packages.forEach(p -> owner.put(p, module)));
        var wrong = new TreeSet<String>();
        for (var file : tree.main()) {
            var allowed = ARROWS.get(file.module());
            for (var used : file.uses()) {
                var target = owner.get(used);
                // deploy/node and deploy/e2e have no entry: they see all.
                if (allowed != null && target != null && !target.equals(file.module()) && !allowed.contains(target)) {
                    wrong.add(tree.root.relativize(file.path()) + " names " + used + " of " + target);
                }
            }
        }
        assertEquals(Set.of(), wrong);
    }

    @Test
    void noPackageBelongsToTwoModules() {
        var owners = new TreeMap<String, Set<String>>();
        tree.packagesByModule()
                .forEach((module, packages) -> packages.forEach(p ->
                        owners.computeIfAbsent(p, ignored -> new TreeSet<>()).add(module)));
        owners.values().removeIf(modules -> modules.size() == 1);
        assertEquals(Map.of(), owners);
    }

    @Test
    void packagesFormNoCycle() {
        var uses = new TreeMap<String, Set<String>>();
        tree.main()
                .forEach(file -> uses.computeIfAbsent(file.packageName(), ignored -> new TreeSet<>())
                        .addAll(file.uses()));
        uses.values().forEach(targets -> targets.retainAll(uses.keySet()));
        assertEquals(List.of(), cycle(uses));
    }

    @Test
    void theArrowsNameModulesThatExist() {
        var modules = tree.packagesByModule().keySet();
        assertTrue(modules.containsAll(ARROWS.keySet()), () -> ARROWS.keySet() + " against " + modules);
    }

    /** Takes away packages that use nothing that is left, until nothing changes; what stays is on a cycle or leads to one. */
    private static List<String> cycle(Map<String, Set<String>> uses) {
        var left = new TreeMap<String, Set<String>>();
        uses.forEach((name, targets) -> left.put(name, new TreeSet<>(targets)));
        boolean changed = true;
        while (changed) {
            var leaves = left.entrySet().stream()
                    .filter(entry -> entry.getValue().isEmpty())
                    .map(Map.Entry::getKey)
                    .toList();
            changed = !leaves.isEmpty();
            leaves.forEach(left::remove);
            left.values().forEach(targets -> targets.removeAll(leaves));
        }
        var found = new ArrayList<String>();
        left.forEach((name, targets) -> found.add(name + " → " + targets));
        return found;
    }
}

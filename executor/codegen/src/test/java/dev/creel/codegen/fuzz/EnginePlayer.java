package dev.creel.codegen.fuzz;

import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreExtern;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreInstance;
import dev.creel.component.core.CoreMemory;
import dev.creel.component.core.TrapException;
import dev.creel.component.engine.CoreGuests;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Plays on an engine of ours, a new one for each play. */
record EnginePlayer(String name, Supplier<CoreEngine> engines) implements Player {
    @Override
    public List<Seen> play(Play play) {
        var engine = engines.get();
        var instances = new ArrayList<CoreInstance>();
        for (var module : play.modules()) {
            var imports = module.imports().stream()
                    .map(name -> export(instances.getFirst(), name))
                    .toList();
            var code = engine.compile(engine.parse(module.wasm()), "fuzz");
            instances.add(code.instantiate(imports, CoreGuests.UNLIMITED));
        }
        return play.steps().stream().map(step -> step(step, play, instances)).toList();
    }

    private static Seen step(Play.Step step, Play play, List<CoreInstance> instances) {
        instances.forEach(instance -> call(instance, "refuel"));
        var type = play.modules().get(step.module()).type(step.function());
        var trap = "";
        var results = List.<Long>of();
        try {
            results = Seen.results(type, call(instances.get(step.module()), step.name(), step.args()));
        } catch (TrapException e) {
            trap = Seen.named(String.valueOf(e.getMessage()));
        }
        var states = new ArrayList<Seen.State>();
        for (int i = 0; i < instances.size(); i++) {
            states.add(state(instances.get(i), play.modules().get(i)));
        }
        return new Seen(trap, results, states);
    }

    private static Seen.State state(CoreInstance instance, RandomModule module) {
        long hash = 0;
        for (int i = 0; i < module.shape().memories().size(); i++) {
            var memory = (CoreMemory) export(instance, "m" + i);
            hash = Observers.hash(hash, memory.bytes(), memory.size());
        }
        return new Seen.State(hash, call(instance, "state")[0]);
    }

    private static long[] call(CoreInstance instance, String name, long... args) {
        return ((CoreFunction) export(instance, name)).call(args);
    }

    private static CoreExtern export(CoreInstance instance, String name) {
        return CoreGuests.export(instance, name);
    }
}

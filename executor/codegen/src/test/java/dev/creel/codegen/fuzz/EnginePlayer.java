package dev.creel.codegen.fuzz;

import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreExtern;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreInstance;
import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.CoreMemory;
import dev.creel.component.core.MemoryArrays;
import dev.creel.component.core.TrapException;
import dev.creel.component.engine.CoreGuests;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/** Plays on an engine of ours, a new one for each play. */
record EnginePlayer(String name, Supplier<CoreEngine> engines, boolean again) implements Player {
    /** Whatever is left over in an array that another instance had. */
    private static final byte LEFT_OVER = 0x5a;

    private static final CoreLimits USED_ARRAYS = new CoreLimits() {
        @Override
        public boolean reserveMemory(long bytes) {
            return true;
        }

        @Override
        public boolean reserveTable(long elements) {
            return true;
        }

        @Override
        public MemoryArrays arrays() {
            return new MemoryArrays() {
                @Override
                public byte[] take(int length) {
                    var array = new byte[length];
                    Arrays.fill(array, LEFT_OVER);
                    return array;
                }

                @Override
                public void give(byte[] array) {}
            };
        }
    };

    /** Plays each play once. */
    EnginePlayer(String name, Supplier<CoreEngine> engines) {
        this(name, engines, false);
    }

    /** One that plays each play twice, on arrays that are not empty, and shows what it saw the second time. */
    static EnginePlayer again(String name, Supplier<CoreEngine> engines) {
        return new EnginePlayer(name, engines, true);
    }

    @Override
    public List<Seen> play(Play play) {
        var engine = engines.get();
        var codes = play.modules().stream()
                .map(module -> engine.compile(engine.parse(module.wasm()), "fuzz"))
                .toList();
        if (again) {
            seen(play, codes, USED_ARRAYS);
        }
        return seen(play, codes, again ? USED_ARRAYS : CoreGuests.UNLIMITED);
    }

    private static List<Seen> seen(Play play, List<CoreCode> codes, CoreLimits limits) {
        var instances = new ArrayList<CoreInstance>();
        for (int i = 0; i < codes.size(); i++) {
            var imports = play.modules().get(i).imports().stream()
                    .map(name -> export(instances.getFirst(), name))
                    .toList();
            instances.add(codes.get(i).instantiate(imports, limits));
        }
        var seen =
                play.steps().stream().map(step -> step(step, play, instances)).toList();
        instances.forEach(CoreInstance::release);
        return seen;
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

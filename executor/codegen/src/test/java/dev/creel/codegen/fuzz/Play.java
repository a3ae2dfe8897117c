package dev.creel.codegen.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * One or two modules and the calls that are made of them, all from one seed.
 *
 * @param modules the second, if there is one, imports from the first
 */
record Play(long seed, List<RandomModule> modules, List<Step> steps) {
    private static final int STEPS = 6;

    /** A call of an exported function. */
    record Step(int module, int function, long[] args) {
        String name() {
            return "f" + function;
        }
    }

    static Play of(long seed) {
        // The first numbers that a Random makes of neighbouring seeds are alike.
        var random = new Random(new SplittableRandom(seed).nextLong());
        var first = Features.any(random);
        return of(seed, first, first.and(Features.any(random)));
    }

    /** A play of what the first and the second module may use. */
    static Play of(long seed, Features first, Features second) {
        var random = new Random(seed);
        var modules = new ArrayList<RandomModule>();
        modules.add(RandomModule.of(random, first, null));
        if (random.nextInt(4) == 0) {
            modules.add(RandomModule.of(random, second, modules.getFirst().shape()));
        }
        var steps = new ArrayList<Step>();
        for (int i = 0; i < STEPS; i++) {
            int module = random.nextInt(modules.size());
            steps.add(step(module, modules.get(module), random));
        }
        return new Play(seed, modules, steps);
    }

    private static Step step(int index, RandomModule module, Random random) {
        while (true) {
            int function = random.nextInt(module.shape().functions().size());
            if (module.callable(function)) {
                var constants = new Constants(random);
                var args = module.type(function).params().stream()
                        .mapToLong(constants::of)
                        .toArray();
                return new Step(index, function, args);
            }
        }
    }
}

package dev.creel.codegen.fuzz;

import java.util.Random;

/** What a module uses beyond numbers, plain references and one memory. */
record Features(boolean tails, boolean exceptions, boolean vectors, boolean references, boolean memories) {
    static final Features NONE = new Features(false, false, false, false, false);
    private static final int RARITY = 4;

    /** Each by chance, and often none. */
    static Features any(Random random) {
        return new Features(one(random), one(random), one(random), one(random), one(random));
    }

    private static boolean one(Random random) {
        return random.nextInt(RARITY) == 0;
    }

    /** What either has: who imports from a module has to know its types. */
    Features and(Features other) {
        return new Features(
                tails || other.tails,
                exceptions || other.exceptions,
                vectors || other.vectors,
                references || other.references,
                memories || other.memories);
    }
}

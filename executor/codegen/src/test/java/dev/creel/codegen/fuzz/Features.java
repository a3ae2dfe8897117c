package dev.creel.codegen.fuzz;

import java.util.Random;

/**
 * What a module uses beyond numbers, plain references and one memory.
 *
 * @param careful whether its accesses stay within memories, but for a few: else most calls end at the first that does not
 */
record Features(
        boolean tails, boolean exceptions, boolean vectors, boolean references, boolean memories, boolean careful) {
    static final Features NONE = new Features(false, false, false, false, false, false);
    private static final int RARITY = 4;

    /** Each by chance, and often none. */
    static Features any(Random random) {
        return new Features(
                one(random), one(random), one(random), one(random), one(random), random.nextInt(RARITY) > 0);
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
                memories || other.memories,
                careful);
    }
}

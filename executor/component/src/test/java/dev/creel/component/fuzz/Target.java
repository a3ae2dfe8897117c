package dev.creel.component.fuzz;

import java.util.Random;

/** One layer under attack. */
interface Target {
    /** What {@code --target} calls it. */
    String name();

    /** The next attack; everything about it comes from {@code random}. */
    Attack next(Random random);

    /** One input and what is done with it. */
    interface Attack {
        /** What a finding saves. */
        byte[] input();

        /**
         * Does it.
         *
         * @throws Throwable anything that the layer does not declare
         */
        void run() throws Throwable;
    }
}

package dev.creel.conformance.run;

import java.util.Set;

/**
 * One thing that passes or fails.
 *
 * @param place the script's name and, behind a colon, the line or the name within it
 * @param what the command, for people
 * @param tags what {@link SkipList} may select it by
 * @param check what is played
 */
public record Trial(String place, String what, Set<String> tags, Check check) {
    /** Returns if all is as it should be. */
    @FunctionalInterface
    public interface Check {
        /**
         * Plays it.
         *
         * @throws DiffersException telling what was expected and what came; any other exception counts as what came
         */
        void run() throws Exception;
    }

    /** A trial without tags. */
    public Trial(String place, String what, Check check) {
        this(place, what, Set.of(), check);
    }
}

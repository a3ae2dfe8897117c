package dev.creel.engine.variables;

import java.util.Set;

/** The variables that one component may read. Used by its guests' threads; every call looks the values up anew. */
public interface Variables {
    /** What a name stands for now. */
    sealed interface Variable {
        /** This. */
        record Value(String text) implements Variable {}

        /** Nothing: the component has no such variable. */
        record Undefined(String why) implements Variable {}

        /** It is no name at all. */
        record InvalidName(String why) implements Variable {}

        /** Something, but it cannot be had. */
        record Unavailable(String why) implements Variable {}
    }

    /** Looks {@code name} up. */
    Variable resolve(String name);

    /** All names that {@link #resolve} knows, sorted. */
    Set<String> names();
}

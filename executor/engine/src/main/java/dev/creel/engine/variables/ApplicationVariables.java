package dev.creel.engine.variables;

import dev.creel.contract.lockedapp.LockedVariable;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The application's variables as they are at this moment: asked anew for every use, so that a changed value is seen at the
 * next call. Thread-safe.
 */
@FunctionalInterface
public interface ApplicationVariables {
    /**
     * The value of {@code name}.
     *
     * @throws UnresolvedVariableException if it has none, or who knows it cannot be asked
     */
    String value(String name) throws UnresolvedVariableException;

    /**
     * What the tenant has set wins over the default that the application declares.
     *
     * @param set the tenant's values now; must be quick, and the map must not change
     */
    static ApplicationVariables of(Map<String, LockedVariable> declared, Supplier<Map<String, String>> set) {
        return name -> {
            var own = set.get().get(name);
            if (own != null) {
                return own;
            }
            var variable = declared.get(name);
            if (variable == null || variable.defaultValue().isEmpty()) {
                throw UnresolvedVariableException.required(name);
            }
            return variable.defaultValue().get();
        };
    }

    /** Defaults only. */
    static ApplicationVariables defaults(Map<String, LockedVariable> declared) {
        return of(declared, Map::of);
    }
}

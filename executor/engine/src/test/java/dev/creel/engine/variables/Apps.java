package dev.creel.engine.variables;

import dev.creel.contract.lockedapp.ContentRef;
import dev.creel.contract.lockedapp.LockedApp;
import dev.creel.contract.lockedapp.LockedComponent;
import dev.creel.contract.lockedapp.LockedVariable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small applications for tests. */
public final class Apps {
    private Apps() {}

    /** An application with these components; variables as {@code name=default}, or a bare name for a required one. */
    public static LockedApp app(List<LockedComponent> components, String... variables) {
        var declared = new HashMap<String, LockedVariable>();
        for (var variable : variables) {
            int equals = variable.indexOf('=');
            declared.put(
                    equals < 0 ? variable : variable.substring(0, equals),
                    new LockedVariable(
                            equals < 0 ? Optional.empty() : Optional.of(variable.substring(equals + 1)), false, ""));
        }
        return new LockedApp("app", "1", "", Map.of(), List.of(), declared, List.of(), components);
    }

    /** A component with these variables and allowed hosts, and the grants {@code default} and {@code llama2-chat}. */
    public static LockedComponent component(String id, Map<String, String> variables, String... allowedHosts) {
        return new LockedComponent(
                id,
                new ContentRef(Optional.of(new ContentRef.Inline(new byte[0])), Optional.empty(), Optional.empty()),
                Map.of(),
                List.of(),
                variables,
                List.of(allowedHosts),
                List.of("default"),
                List.of("default"),
                List.of("llama2-chat"),
                Map.of());
    }
}

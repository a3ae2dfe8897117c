package dev.creel.contract.lockedapp;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An application as its tooling locked it. The reader ({@code LockedAppJson} in chassis) has checked it by reference
 * spin-app §1.6: known requirements, unique ids, triggers that name components.
 *
 * @param name the application's name
 * @param version its version as written, may be empty
 * @param description for people, may be empty
 * @param triggerSettings trigger type → settings for all triggers of that type, as JSON values
 * @param hostRequirements features that the application needs of its host, the optional ones left out
 * @param variables application variables by name
 * @param triggers in document order
 * @param components in document order, ids unique
 */
public record LockedApp(
        String name,
        String version,
        String description,
        Map<String, Map<String, Object>> triggerSettings,
        List<String> hostRequirements,
        Map<String, LockedVariable> variables,
        List<LockedTrigger> triggers,
        List<LockedComponent> components) {
    /** The component with this id. */
    public Optional<LockedComponent> component(String id) {
        return components.stream().filter(c -> c.id().equals(id)).findFirst();
    }
}

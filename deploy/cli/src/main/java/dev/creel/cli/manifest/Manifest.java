package dev.creel.cli.manifest;

import dev.creel.contract.lockedapp.LockedTrigger;
import dev.creel.contract.lockedapp.LockedVariable;
import java.util.List;
import java.util.Map;

/**
 * An application manifest after normalisation (reference spin-app §1.2): every trigger has an id, names its component by id,
 * and version 1 has become version 2.
 *
 * @param triggerSettings trigger type → settings for all triggers of that type
 * @param components in document order
 */
public record Manifest(
        String name,
        String version,
        String description,
        List<String> authors,
        Map<String, Map<String, Object>> triggerSettings,
        Map<String, LockedVariable> variables,
        List<LockedTrigger> triggers,
        List<ManifestComponent> components) {}

package dev.creel.component;

import dev.creel.component.type.ResourceType;

/**
 * A guest's resource in the hands of the host.
 *
 * @param type whose
 * @param rep what its component knows it by
 */
public record GuestResource(ResourceType.Guest type, int rep) {}

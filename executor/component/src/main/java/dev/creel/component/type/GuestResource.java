package dev.creel.component.type;

/**
 * A guest's resource in the hands of the host.
 *
 * @param type whose
 * @param rep what its component knows it by
 */
public record GuestResource(ResourceType.Guest type, int rep) {}

package dev.creel.contract.lockedapp;

import java.util.Map;

/**
 * What starts a component.
 *
 * @param id unique in the application
 * @param type {@code http}, {@code redis} …
 * @param config the trigger's own settings as JSON values: String, Number, Boolean, List, Map, or null in Lists only
 */
public record LockedTrigger(String id, String type, Map<String, Object> config) {}

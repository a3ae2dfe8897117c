package dev.creel.contract.lockedapp;

import java.util.Optional;

/**
 * An application variable.
 *
 * @param defaultValue its value where nobody sets one; absent means that one is required
 * @param secret hidden in logs and answers
 * @param description for people, may be empty
 */
public record LockedVariable(Optional<String> defaultValue, boolean secret, String description) {}

package dev.creel.component.binary;

import dev.creel.component.plan.StringEncoding;

/**
 * Checked options of a {@code canon} definition; -1 for what is not given.
 *
 * @param memory index of a core memory
 * @param realloc index of a core function
 * @param postReturn index of a core function
 */
public record Options(StringEncoding encoding, int memory, int realloc, int postReturn) {}

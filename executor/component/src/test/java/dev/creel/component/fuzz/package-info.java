/**
 * Hostile input, made of good input by a mutator with a seed: one target per layer. A short run of each is a test; {@link
 * dev.creel.component.fuzz.Fuzz} runs them for as long as one likes, by {@code ./creel test fuzz}.
 */
@NullMarked
package dev.creel.component.fuzz;

import org.jspecify.annotations.NullMarked;

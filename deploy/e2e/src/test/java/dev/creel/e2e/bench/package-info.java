/** Benchmarks: they print ratios measured in one run on one machine. {@code ./creel bench NAME} runs one; CI runs none. */
@NullMarked
package dev.creel.e2e.bench;

import org.jspecify.annotations.NullMarked;

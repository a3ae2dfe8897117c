/**
 * Plays public test suites against the component runtime: the composer of suites, as a command and as a test. Filled by the people who
 * add suites; used by {@code ./creel test conformance} and {@code ./creel test}.
 */
@NullMarked
package dev.creel.conformance;

import org.jspecify.annotations.NullMarked;

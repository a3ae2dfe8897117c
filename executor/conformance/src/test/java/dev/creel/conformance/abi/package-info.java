/** Suites about the canonical ABI: vectors, and components that send every kind of value round. Used by the composer. */
@NullMarked
package dev.creel.conformance.abi;

import org.jspecify.annotations.NullMarked;

/** The public WASI test suite: programs with what they must print and how they must exit. Used by the composer. */
@NullMarked
package dev.creel.conformance.wasi;

import org.jspecify.annotations.NullMarked;

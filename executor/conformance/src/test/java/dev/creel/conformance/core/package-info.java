/** The core specification's own scripts, on the engine port. Plays what {@code data} unpacked; used by the composer. */
@NullMarked
package dev.creel.conformance.core;

import org.jspecify.annotations.NullMarked;

/** The component model's own scripts. Plays what {@code data} converted; used by the composer. */
@NullMarked
package dev.creel.conformance.component;

import org.jspecify.annotations.NullMarked;

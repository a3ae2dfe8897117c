/** Plays the component model's own scripts, where they are at hand. */
@NullMarked
package dev.creel.component.suite;

import org.jspecify.annotations.NullMarked;

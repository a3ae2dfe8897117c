/**
 * The contract of the engine port, in tests that every engine passes: guests, and suites to extend. Public for engines outside of
 * this library; a package of its own, as theirs see no package of the library twice.
 */
@NullMarked
package dev.creel.component.engine;

import org.jspecify.annotations.NullMarked;

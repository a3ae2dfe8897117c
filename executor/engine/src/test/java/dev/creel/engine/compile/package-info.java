/** Tests of the compile step in a process of its own, with real processes. */
@NullMarked
package dev.creel.engine.compile;

import org.jspecify.annotations.NullMarked;

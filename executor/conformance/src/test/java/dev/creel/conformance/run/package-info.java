/**
 * What every suite consists of, how it is played within deadlines, and how what came out is told. Knows no suite; the other
 * packages fill it.
 */
@NullMarked
package dev.creel.conformance.run;

import org.jspecify.annotations.NullMarked;

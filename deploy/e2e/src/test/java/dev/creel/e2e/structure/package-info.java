/** Tests of the house itself: arrows between modules, cycles between packages, names, and what the documents promise. */
@NullMarked
package dev.creel.e2e.structure;

import org.jspecify.annotations.NullMarked;

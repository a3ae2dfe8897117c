/**
 * Modules made at random, played on the code generator and on others, who have to see the same. A short run is a test; {@link
 * dev.creel.codegen.fuzz.CodegenFuzz} goes on for as long as one likes, by {@code ./creel test fuzz --target codegen}.
 */
@NullMarked
package dev.creel.codegen.fuzz;

import org.jspecify.annotations.NullMarked;

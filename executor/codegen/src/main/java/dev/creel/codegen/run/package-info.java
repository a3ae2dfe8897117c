/**
 * What generated classes run on: instances, memories, tables, globals, and instructions that take more than a few bytecodes. Public
 * for generated classes only; {@code dev.creel.codegen} makes the instances.
 */
@NullMarked
package dev.creel.codegen.run;

import org.jspecify.annotations.NullMarked;

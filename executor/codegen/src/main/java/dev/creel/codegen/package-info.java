/**
 * The core engine that generates JVM classes itself. The composer of the executor makes a
 * {@link dev.creel.codegen.CodegenEngine}; the component model sees only the port in {@code dev.creel.component.core}.
 */
@NullMarked
package dev.creel.codegen;

import org.jspecify.annotations.NullMarked;

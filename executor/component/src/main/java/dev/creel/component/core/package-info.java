/** The engine port: what the component model needs of a core WebAssembly engine. Chicory stands behind it in {@code dev.creel.component.chicory}; a second engine may. */
@NullMarked
package dev.creel.component.core;

import org.jspecify.annotations.NullMarked;

/** WASI 0.2 for the component runtime: which interfaces there are, and what a store must hold for them. */
@NullMarked
package dev.creel.wasi;

import org.jspecify.annotations.NullMarked;

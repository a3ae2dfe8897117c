/**
 * The core engine on Chicory 1.7.5: its parser, validator and ahead-of-time compiler, with one memory and one table class of
 * ours and the defects named in {@code RATIONALE.md} worked around. The composer of the executor makes a
 * {@link dev.creel.component.chicory.ChicoryEngine}; the component model sees only the port in
 * {@code dev.creel.component.core}. What is public here beside the engine and its code cache is public because generated
 * classes, which live in class loaders of their own, call it.
 */
@NullMarked
package dev.creel.component.chicory;

import org.jspecify.annotations.NullMarked;

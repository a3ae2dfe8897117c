/**
 * The composition root: configuration → roles → parts. The only package that sees all others; it builds them with {@code new}
 * and stops them in reverse order. {@link dev.creel.node.Main} starts here.
 */
@NullMarked
package dev.creel.node;

import org.jspecify.annotations.NullMarked;

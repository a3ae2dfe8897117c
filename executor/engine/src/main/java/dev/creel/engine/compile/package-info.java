/** The compile step in a process of its own: jobs go there by its standard input, results come back by its standard output. {@code deploy/node} starts both ends. */
@NullMarked
package dev.creel.engine.compile;

import org.jspecify.annotations.NullMarked;

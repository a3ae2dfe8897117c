/** What {@code creel top} shows: the numbers of all nodes at one look, and what happened between two. The command fills it. */
@NullMarked
package dev.creel.cli.top;

import org.jspecify.annotations.NullMarked;

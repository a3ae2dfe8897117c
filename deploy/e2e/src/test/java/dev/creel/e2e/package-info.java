/** Tests of the whole platform as its users see it: the program in a process of its own, the command, HTTP. */
@NullMarked
package dev.creel.e2e;

import org.jspecify.annotations.NullMarked;

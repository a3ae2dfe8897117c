/** What a host offers to guests: interfaces declared in WIT and bound to Java functions. */
@NullMarked
package dev.creel.component.host;

import org.jspecify.annotations.NullMarked;

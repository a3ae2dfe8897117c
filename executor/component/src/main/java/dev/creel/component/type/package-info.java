/** Component-level types as data, after decoding: what values look like and what functions take. */
@NullMarked
package dev.creel.component.type;

import org.jspecify.annotations.NullMarked;

/** Reads interface definitions in WIT text, from which hosts declare what they offer. */
@NullMarked
package dev.creel.component.wit;

import org.jspecify.annotations.NullMarked;

/** Pages of lists, in the frame that the {@code spin} client insists on. Slices that list things use it. */
@NullMarked
package dev.creel.control.page;

import org.jspecify.annotations.NullMarked;

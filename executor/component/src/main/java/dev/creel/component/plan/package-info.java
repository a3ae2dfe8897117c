/** A component evaluated symbolically into a flat list of steps, which instantiation runs in order (reference component-model §3.1). */
@NullMarked
package dev.creel.component.plan;

import org.jspecify.annotations.NullMarked;

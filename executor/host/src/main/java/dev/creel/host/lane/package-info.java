/** Platform threads for guests: many, with few running at once. The ingress and service chaining put guests on them. */
@NullMarked
package dev.creel.host.lane;

import org.jspecify.annotations.NullMarked;

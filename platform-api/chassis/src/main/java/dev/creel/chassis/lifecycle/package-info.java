/**
 * Starting and stopping: {@link dev.creel.chassis.lifecycle.Closing} closes started parts in the reverse order. Filled by
 * this module; used by {@code deploy/node} and by parts that own several others.
 */
@NullMarked
package dev.creel.chassis.lifecycle;

import org.jspecify.annotations.NullMarked;

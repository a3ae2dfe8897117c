/** The shelf {@code desired}: derived from PostgreSQL after each change, read by the scheduler. */
@NullMarked
package dev.creel.control.desired;

import org.jspecify.annotations.NullMarked;

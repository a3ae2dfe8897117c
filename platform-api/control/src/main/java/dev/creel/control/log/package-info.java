/** What guests printed, for their developers. Executors fill the logs through the contract's {@code GuestLogs}. */
@NullMarked
package dev.creel.control.log;

import org.jspecify.annotations.NullMarked;

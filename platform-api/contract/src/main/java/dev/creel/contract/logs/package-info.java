/** What guests print: executors append, control reads for its callers. */
@NullMarked
package dev.creel.contract.logs;

import org.jspecify.annotations.NullMarked;

/**
 * Where a component may connect to: its {@code allowed_outbound_hosts} (reference spin-app §1.3). Made from the locked
 * application; asked by the host for HTTP and by {@link dev.creel.engine.spin} for everything else.
 */
@NullMarked
package dev.creel.engine.outbound;

import org.jspecify.annotations.NullMarked;

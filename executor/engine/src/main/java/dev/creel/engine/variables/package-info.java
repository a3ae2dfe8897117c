/**
 * Application variables, and the component variables that guests read through templates over them (reference spin-app
 * §1.2.3). Filled from the locked application and from what the tenant has set; read by {@link dev.creel.engine.spin} and
 * {@link dev.creel.engine.outbound}.
 */
@NullMarked
package dev.creel.engine.variables;

import org.jspecify.annotations.NullMarked;

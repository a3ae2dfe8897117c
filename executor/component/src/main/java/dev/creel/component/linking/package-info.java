/** Static linking: a validated component and what a host offers become a flat {@link dev.creel.component.plan.Plan} (reference component-model §3.1). Called by {@link dev.creel.component.Component}. */
@NullMarked
package dev.creel.component.linking;

import org.jspecify.annotations.NullMarked;

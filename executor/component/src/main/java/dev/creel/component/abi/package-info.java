/**
 * The canonical ABI: runs a {@link dev.creel.component.plan.Plan} and moves values between Java and guests, or from guest to
 * guest (reference component-model §3, §4). Filled by {@code dev.creel.component.LinkedComponent}, used through it only.
 */
@NullMarked
package dev.creel.component.abi;

import org.jspecify.annotations.NullMarked;

/**
 * Decides which node holds which application and where requests go. {@link dev.creel.scheduler.Placer} and {@link
 * dev.creel.scheduler.RoutePlanner} are pure; {@link dev.creel.scheduler.Reconciler} reads the board, lets them decide, and publishes.
 */
@NullMarked
package dev.creel.scheduler;

import org.jspecify.annotations.NullMarked;

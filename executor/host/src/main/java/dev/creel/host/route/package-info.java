/**
 * Spin's HTTP triggers and routing (reference spin-app §2.1, §2.3, §2.4): which component of an application answers a path, and
 * the {@code spin-*} headers that tell it so. Pure; made from the locked app, used by the ingress.
 */
@NullMarked
package dev.creel.host.route;

import org.jspecify.annotations.NullMarked;

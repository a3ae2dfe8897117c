/**
 * What applications and tenants do on this node: the requests that they have under way, within their limits, and what is counted of
 * them. Ingress and invoker fill it; the node's numbers are read from it.
 */
@NullMarked
package dev.creel.host.traffic;

import org.jspecify.annotations.NullMarked;

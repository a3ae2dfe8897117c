/**
 * HTTP into this node: from edges, or straight from a client for a single component. Runs on event loops, which find the application
 * and its component, and then only move bytes.
 */
@NullMarked
package dev.creel.host.ingress;

import org.jspecify.annotations.NullMarked;

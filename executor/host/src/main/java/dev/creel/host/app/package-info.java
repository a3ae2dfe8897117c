/**
 * Applications that this node runs: their components with what each is granted, and how a request to one becomes a run of its guest.
 * Filled by the modules, used by the ingress and by requests between components.
 */
@NullMarked
package dev.creel.host.app;

import org.jspecify.annotations.NullMarked;

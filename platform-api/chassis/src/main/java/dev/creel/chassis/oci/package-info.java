/**
 * The OCI documents in which an application travels: manifest and image config (reference spin-deploy §7). Filled by this
 * module; used by the command-line client (writes), the artifact store and executors (read).
 */
@NullMarked
package dev.creel.chassis.oci;

import org.jspecify.annotations.NullMarked;

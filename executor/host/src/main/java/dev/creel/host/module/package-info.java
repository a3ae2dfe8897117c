/**
 * From a placement to an application that runs: pulls the artifact, checks every byte against its digest, lays out files, compiles.
 * Started by the node's holder, asked by the ingress.
 */
@NullMarked
package dev.creel.host.module;

import org.jspecify.annotations.NullMarked;

/**
 * Application packages by digest: the OCI distribution API over a store of files. Clients that push fill it; control reads
 * manifests and locked applications, executors read components and files. Why a crash leaves nothing half-written is said
 * at {@link dev.creel.artifacts.FileArtifacts}.
 */
@NullMarked
package dev.creel.artifacts;

import org.jspecify.annotations.NullMarked;

/**
 * Revisions: what was deployed, whether it can run, and how far it is. Deploys make them; {@code RevisionStates} reads from
 * the board what became of them.
 */
@NullMarked
package dev.creel.control.revision;

import org.jspecify.annotations.NullMarked;

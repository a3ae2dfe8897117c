/**
 * The control plane: the REST API that the {@code spin} CLI's cloud plugin and the {@code creel} command speak, and all
 * state in PostgreSQL, in a slice per resource. It writes the shelf {@code desired} and reads {@code routes}; the program's
 * composition starts it.
 */
@NullMarked
package dev.creel.control;

import org.jspecify.annotations.NullMarked;

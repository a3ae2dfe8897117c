/**
 * Applications: their names, hosts and how they fare. Deploys make them; the other slices ask here whose an app is.
 */
@NullMarked
package dev.creel.control.app;

import org.jspecify.annotations.NullMarked;

/** The numbers of all nodes, for the owner: collected when somebody looks, as JSON and for Prometheus. */
@NullMarked
package dev.creel.control.numbers;

import org.jspecify.annotations.NullMarked;

/** Values that tenants set for variables of their apps. They reach the executors through {@code desired}, never a client. */
@NullMarked
package dev.creel.control.variable;

import org.jspecify.annotations.NullMarked;

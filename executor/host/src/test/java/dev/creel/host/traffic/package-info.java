/** Tests of the traffic of applications. */
@NullMarked
package dev.creel.host.traffic;

import org.jspecify.annotations.NullMarked;

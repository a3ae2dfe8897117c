/** Tests of routing. */
@org.jspecify.annotations.NullMarked
package dev.creel.host.route;

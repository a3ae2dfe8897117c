/** Tests of lanes. */
@org.jspecify.annotations.NullMarked
package dev.creel.host.lane;

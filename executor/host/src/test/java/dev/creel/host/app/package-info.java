/** Tests of what guards the runs of applications. */
@org.jspecify.annotations.NullMarked
package dev.creel.host.app;

/** Tests of the package. */
@org.jspecify.annotations.NullMarked
package dev.creel.host.module;

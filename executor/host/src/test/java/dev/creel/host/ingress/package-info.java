/** Tests of the listener. */
@org.jspecify.annotations.NullMarked
package dev.creel.host.ingress;

/**
 * From the bytes of a component to its compiled form, and from a compiled component to one run within limits. Knows no server:
 * executor/host feeds requests and carries answers; the interfaces come from executor/wasi and from the packages below.
 */
@NullMarked
package dev.creel.engine;

import org.jspecify.annotations.NullMarked;

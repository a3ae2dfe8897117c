/** Tests of what {@code creel top} shows. */
@org.jspecify.annotations.NullMarked
package dev.creel.cli.top;

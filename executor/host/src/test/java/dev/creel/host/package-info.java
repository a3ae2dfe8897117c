/** Tests of a whole executor with real guests. */
@org.jspecify.annotations.NullMarked
package dev.creel.host;

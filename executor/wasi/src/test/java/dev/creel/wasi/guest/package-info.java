/** Tests that call WASI as a guest does: by interface and function name, with values checked against the declared types. */
@org.jspecify.annotations.NullMarked
package dev.creel.wasi.guest;

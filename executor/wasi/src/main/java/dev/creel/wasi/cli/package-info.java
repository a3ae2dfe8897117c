/** wasi:cli: environment, arguments, the three standard streams and the way out; there is never a terminal. */
@NullMarked
package dev.creel.wasi.cli;

import org.jspecify.annotations.NullMarked;

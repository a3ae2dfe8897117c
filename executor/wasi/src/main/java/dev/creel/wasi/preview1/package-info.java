/** WASI preview 1 for core modules, over the same files, streams and clocks as WASI 0.2. */
@NullMarked
package dev.creel.wasi.preview1;

import org.jspecify.annotations.NullMarked;

/** wasi:filesystem: directories of the host, out of which no path leads, read-only unless their preopen says otherwise. */
@NullMarked
package dev.creel.wasi.filesystem;

import org.jspecify.annotations.NullMarked;

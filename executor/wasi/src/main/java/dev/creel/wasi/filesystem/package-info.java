/** wasi:filesystem: read-only directories of the host, out of which no path leads. */
@NullMarked
package dev.creel.wasi.filesystem;

import org.jspecify.annotations.NullMarked;

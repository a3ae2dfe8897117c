/** wasi:io: streams, pollables and errors, which all other interfaces build on. */
@NullMarked
package dev.creel.wasi.io;

import org.jspecify.annotations.NullMarked;

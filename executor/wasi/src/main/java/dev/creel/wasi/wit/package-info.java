/** The WIT declarations of WASI 0.2 that this module carries; every package with bindings starts from them. */
@NullMarked
package dev.creel.wasi.wit;

import org.jspecify.annotations.NullMarked;

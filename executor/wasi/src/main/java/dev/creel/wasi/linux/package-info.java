/**
 * Directories and files of Linux, held by descriptor: every call names something in a directory that is already open, so no path
 * is ever looked up anew. Used by wasi:filesystem, which knows what guests may do.
 */
@NullMarked
package dev.creel.wasi.linux;

import org.jspecify.annotations.NullMarked;

/** wasi:sockets: all there, so that programs link, and every way to the network refused. */
@NullMarked
package dev.creel.wasi.sockets;

import org.jspecify.annotations.NullMarked;

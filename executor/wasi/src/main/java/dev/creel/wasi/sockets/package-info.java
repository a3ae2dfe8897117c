/** wasi:sockets: TCP, UDP and names, as far as the store's network permits; without one, every way out is refused. */
@NullMarked
package dev.creel.wasi.sockets;

import org.jspecify.annotations.NullMarked;

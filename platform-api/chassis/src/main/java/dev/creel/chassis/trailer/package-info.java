/**
 * Trailers of requests, which Vert.x neither shows nor sends: this package reads and writes them in Netty's pipeline. Used by
 * the servers and clients that carry requests to guests and from them.
 */
@NullMarked
package dev.creel.chassis.trailer;

import org.jspecify.annotations.NullMarked;

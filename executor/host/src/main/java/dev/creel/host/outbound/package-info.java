/**
 * Requests that guests make: to the network, within what application and operator allow, and to components of the same application
 * without leaving the process. Made for each run by the application's side, used through wasi:http.
 */
@NullMarked
package dev.creel.host.outbound;

import org.jspecify.annotations.NullMarked;

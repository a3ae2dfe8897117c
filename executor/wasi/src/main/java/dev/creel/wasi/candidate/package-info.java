/**
 * Release candidates of WASI 0.2 that guests of 2023 import (reference spin-host-interfaces §3.4), bound over the interfaces of
 * today: what differs is translated, everything else is the same function. Filled by {@code dev.creel.wasi.Wasi}.
 */
@NullMarked
package dev.creel.wasi.candidate;

import org.jspecify.annotations.NullMarked;

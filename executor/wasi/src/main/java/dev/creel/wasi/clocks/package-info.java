/** wasi:clocks: the time of day, and timers that pollables wait for, both from the store's context. */
@NullMarked
package dev.creel.wasi.clocks;

import org.jspecify.annotations.NullMarked;

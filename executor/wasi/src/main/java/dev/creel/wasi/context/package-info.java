/** What a store must hold for WASI: the guest's environment, streams, files and clocks. Hosts fill it, bindings read it. */
@NullMarked
package dev.creel.wasi.context;

import org.jspecify.annotations.NullMarked;

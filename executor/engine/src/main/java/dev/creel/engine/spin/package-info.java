/**
 * The interfaces that Spin offers beside WASI ({@code fermyon:spin}, {@code spin:*}, {@code wasi:config}, {@code
 * wasi:keyvalue}), bound for any component. What a guest may use of them comes with its store's {@link
 * dev.creel.engine.spin.SpinContext}; what is not there yet answers with the interface's own error.
 */
@NullMarked
package dev.creel.engine.spin;

import org.jspecify.annotations.NullMarked;

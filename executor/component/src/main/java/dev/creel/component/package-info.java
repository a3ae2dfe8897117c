/** The WebAssembly component model on the JVM: decode a component, link it to host interfaces, instantiate and call it. Start at {@link dev.creel.component.Component}; see reference component-model. */
@NullMarked
package dev.creel.component;

import org.jspecify.annotations.NullMarked;

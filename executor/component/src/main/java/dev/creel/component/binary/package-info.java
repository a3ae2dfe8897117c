/** Component binaries to validated definitions: sections are read in one forward pass and every definition is checked against the ones before it (reference component-model §1, §2). Filled by {@link dev.creel.component.binary.ComponentDecoder}; {@code dev.creel.component.link} evaluates the result. */
@NullMarked
package dev.creel.component.binary;

import org.jspecify.annotations.NullMarked;

/** From functions to class files: given a validated module by {@code dev.creel.codegen}, knows of the runtime only names. */
@NullMarked
package dev.creel.codegen.emit;

import org.jspecify.annotations.NullMarked;

/** wasi:random: chance from the store's context, strong or merely quick. */
@NullMarked
package dev.creel.wasi.random;

import org.jspecify.annotations.NullMarked;

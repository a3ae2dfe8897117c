/**
 * {@code spin.toml} as developers write it: read from TOML, version 1 turned into version 2, normalised. Filled from a file;
 * {@code dev.creel.cli.push} locks it.
 */
@NullMarked
package dev.creel.cli.manifest;

import org.jspecify.annotations.NullMarked;

/**
 * Typed configuration: a TOML file laid over a record of defaults. Filled by this module; used by {@code deploy/node},
 * which hands each part its own record.
 */
@NullMarked
package dev.creel.chassis.config;

import org.jspecify.annotations.NullMarked;

/**
 * From a manifest to layers and a locked application, and on to the registry the way {@code spin deploy} pushes (reference
 * spin-deploy §7).
 */
@NullMarked
package dev.creel.cli.push;

import org.jspecify.annotations.NullMarked;

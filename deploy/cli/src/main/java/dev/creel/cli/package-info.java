/** The {@code creel} command: picocli commands over the API, the registry and the ports that {@code deploy/node} fills. */
@NullMarked
package dev.creel.cli;

import org.jspecify.annotations.NullMarked;

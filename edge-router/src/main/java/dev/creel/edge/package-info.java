/**
 * Public HTTP: tells the API, the registry and applications apart by host name and streams each request to where it is
 * answered (design §4). Follows the board's {@code routes}; filled by this module, started by {@code deploy/node}.
 */
@NullMarked
package dev.creel.edge;

import org.jspecify.annotations.NullMarked;

/**
 * HTTP in straight, blocking lines: {@link dev.creel.chassis.http.HttpListener} runs a handler on a virtual thread per
 * request and answers refusals as problems; {@link dev.creel.chassis.http.HttpCalls} calls other servers. Filled by
 * this module; used by control, the artifact store, the command-line client and tests.
 */
@NullMarked
package dev.creel.chassis.http;

import org.jspecify.annotations.NullMarked;

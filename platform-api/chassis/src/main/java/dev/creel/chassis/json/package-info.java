/**
 * JSON in and out: {@link dev.creel.chassis.json.Json} for records, readers and writers for documents of others (locked
 * applications, OCI manifests). Filled by this module; used by every part that speaks HTTP or reads artifacts.
 */
@NullMarked
package dev.creel.chassis.json;

import org.jspecify.annotations.NullMarked;

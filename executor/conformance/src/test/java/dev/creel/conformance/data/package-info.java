/**
 * The suites' files: unpacked and converted into a cache folder, so that the data is only read. Filled and used by the suites.
 */
@NullMarked
package dev.creel.conformance.data;

import org.jspecify.annotations.NullMarked;

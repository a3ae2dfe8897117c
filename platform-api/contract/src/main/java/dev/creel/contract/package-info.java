/** What every part of the platform shares: sizes, refusals and their codes. Filled by whoever refuses, read by listeners and clients. */
@NullMarked
package dev.creel.contract;

import org.jspecify.annotations.NullMarked;

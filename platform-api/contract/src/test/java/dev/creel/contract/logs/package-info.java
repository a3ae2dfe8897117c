/** Tests of the logs of guests. */
@org.jspecify.annotations.NullMarked
package dev.creel.contract.logs;

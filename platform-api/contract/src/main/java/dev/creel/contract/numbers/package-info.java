/** What is counted and measured on nodes: executors count, control collects and shows. */
@NullMarked
package dev.creel.contract.numbers;

import org.jspecify.annotations.NullMarked;

/** The numbers that a node shows. Its parts hand in what they measure, the control plane asks for all of it. */
@NullMarked
package dev.creel.host.numbers;

import org.jspecify.annotations.NullMarked;

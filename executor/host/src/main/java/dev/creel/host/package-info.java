/**
 * An executor: takes requests from edges, finds the application and its component, and has the engine run it; follows the board
 * for what this node should hold. Composed by deploy/node.
 */
@NullMarked
package dev.creel.host;

import org.jspecify.annotations.NullMarked;

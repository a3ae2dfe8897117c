/** The board where parts meet: four shelves of immutable, versioned images, each with one kind of writer. See ARCHITECTURE.md for who reads which. */
@NullMarked
package dev.creel.contract.board;

import org.jspecify.annotations.NullMarked;

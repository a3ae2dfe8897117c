package dev.creel.component.chicory;

import java.util.BitSet;

/**
 * Classes of one code key in the JVM, shared by all modules with that key.
 *
 * @param interpreted indices of the functions that the interpreter runs
 * @param imported how many functions the modules import, which come first in the index
 */
record LoadedClasses(GuestLoader loader, BitSet interpreted, int imported) {}

package dev.creel.component.chicory;

import java.util.BitSet;
import java.util.Map;

/**
 * What compiling a module gives.
 *
 * @param main binary name of the class to start with
 * @param bytes binary name → class file
 * @param interpreted indices of the functions that stayed too large for a JVM method
 */
record GuestClasses(String main, Map<String, byte[]> bytes, BitSet interpreted) {}

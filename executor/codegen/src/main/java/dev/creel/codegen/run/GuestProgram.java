package dev.creel.codegen.run;

import dev.creel.component.core.CoreFuncType;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * The classes of one module. Thread-safe.
 *
 * @param entry calls functions for the host
 * @param types each function type once
 * @param functions for each function, its place in {@code types}
 * @param dispatchers for each type, what calls a function of it: parameters, the function's index, its instance
 * @param resultsMax most results of any type
 * @param exact whether the code relies on memories' arrays being as long as they are
 */
public record GuestProgram(
        GuestCode entry,
        List<CoreFuncType> types,
        int[] functions,
        List<MethodHandle> dispatchers,
        int resultsMax,
        boolean exact) {}

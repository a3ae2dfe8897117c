package dev.creel.engine.spin;

import dev.creel.component.core.CoreMemory;
import dev.creel.component.host.CoreHostFunction;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * WASI preview 1 for a dependency that is a core module and inherits no environment or no files: it finds none. Core functions
 * other than those of preview 1 are not for dependencies at all.
 */
final class DeniedPreview1 {
    private static final String MODULE = "wasi_snapshot_preview1";
    private static final int ERRNO_BADF = 8;
    private static final int ERRNO_FAULT = 21;
    private static final int STDERR = 2;

    private DeniedPreview1() {}

    /** {@code core} without what is not inherited. */
    static Map<String, Map<String, CoreHostFunction>> of(
            Map<String, Map<String, CoreHostFunction>> core, boolean environment, boolean files) {
        if (environment && files) {
            return core;
        }
        var functions = new HashMap<>(core.getOrDefault(MODULE, Map.of()));
        functions.replaceAll((name, function) -> {
            if (name.startsWith("environ_") || name.startsWith("args_")) {
                return environment ? function : empty(name, function);
            }
            boolean onPath = name.startsWith("path_");
            return files || !(onPath || name.startsWith("fd_")) ? function : streamsOnly(function, onPath);
        });
        return Map.of(MODULE, functions);
    }

    /** No variables: both counts are 0, and there is nothing to copy. */
    private static CoreHostFunction empty(String name, CoreHostFunction function) {
        return new CoreHostFunction(function.type(), (store, memory, args) -> {
            boolean fits = !name.endsWith("_sizes_get") || (writeZero(memory, args[0]) && writeZero(memory, args[1]));
            return new long[] {fits ? 0 : ERRNO_FAULT};
        });
    }

    /** The standard streams are all that is open. */
    private static CoreHostFunction streamsOnly(CoreHostFunction function, boolean onPath) {
        return new CoreHostFunction(
                function.type(),
                (store, memory, args) -> onPath || Integer.compareUnsigned((int) args[0], STDERR) > 0
                        ? new long[] {ERRNO_BADF}
                        : function.body().call(store, memory, args));
    }

    private static boolean writeZero(CoreMemory memory, long pointer) {
        long at = Integer.toUnsignedLong((int) pointer);
        if (at + Integer.BYTES > memory.size()) {
            return false;
        }
        Arrays.fill(memory.bytes(), (int) at, (int) at + Integer.BYTES, (byte) 0);
        return true;
    }
}

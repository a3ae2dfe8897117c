package dev.creel.wasi.preview1;

import dev.creel.component.host.CoreHostFunction;
import java.util.Map;

/**
 * WASI preview 1 as core functions, for modules that are no components. A store needs a {@link
 * dev.creel.wasi.context.WasiContext}, the same as for WASI 0.2. Pointers outside of the memory answer {@code fault}; {@code
 * proc_exit} throws {@link dev.creel.wasi.cli.GuestExitException}; there are no sockets.
 */
public final class Preview1 {
    /** The module that guests import from. */
    public static final String MODULE = "wasi_snapshot_preview1";

    private Preview1() {}

    /** All 46 functions: module → name → function. */
    public static Map<String, Map<String, CoreHostFunction>> functions() {
        var binder = new Binder();
        ProcessFunctions.bind(binder);
        ClockFunctions.bind(binder);
        FdFunctions.bind(binder);
        PathFunctions.bind(binder);
        return Map.of(MODULE, binder.functions());
    }
}

package dev.creel.wasi.guest;

import dev.creel.codegen.EngineChoice;
import dev.creel.component.Component;
import dev.creel.component.LinkedComponent;
import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import dev.creel.wasi.Wasi;
import dev.creel.wasi.cli.GuestExitException;
import dev.creel.wasi.context.WasiContext;

/** Runs a WASI 0.2 command: a component that exports {@code wasi:cli/run}. */
final class ComponentGuest {
    private static final CoreEngine ENGINE = EngineChoice.DEFAULT.engine();
    private static final HostInterfaces HOST = HostInterfaces.of(Wasi.interfaces());

    private ComponentGuest() {}

    /** Its exit code, of which WASI 0.2 knows only 0 and 1. */
    static int run(byte[] wasm, WasiContext.Builder context) {
        var plan = Component.decode(wasm, ENGINE, ComponentLimits.DEFAULT).plan(HOST);
        var linked = LinkedComponent.of(plan, ENGINE, HOST);
        try (var store = context.build().into(new Store(Guest.UNLIMITED, 1000, Store.Waits.FREE))) {
            var run = linked.instantiate(store)
                    .function("wasi:cli/run@0.2.0", "run")
                    .orElseThrow();
            return run.call() instanceof Result.Value.Ok ? 0 : 1;
        } catch (GuestExitException e) {
            return e.code();
        }
    }
}

package dev.creel.wasi.guest;

import dev.creel.codegen.EngineChoice;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreInstance;
import dev.creel.component.core.CoreMemory;
import dev.creel.component.core.CoreType;
import dev.creel.component.host.Store;
import dev.creel.wasi.Wasi;
import dev.creel.wasi.cli.GuestExitException;
import dev.creel.wasi.context.WasiContext;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** Runs a preview 1 command: a core module with {@code _start}, whose imports are ours alone. */
final class CoreGuest {
    private static final CoreEngine ENGINE = EngineChoice.DEFAULT.engine();

    private CoreGuest() {}

    /** Its exit code. */
    static int run(byte[] wasm, String name, WasiContext.Builder context) {
        var code = ENGINE.compile(ENGINE.parse(wasm), name);
        try (var store = context.build().into(new Store(Guest.UNLIMITED, 100, Store.Waits.FREE))) {
            var instance = new AtomicReference<CoreInstance>();
            var imports = new ArrayList<CoreFunction>();
            for (var wanted : code.imports()) {
                var found = Wasi.preview1().get(wanted.module()).get(wanted.name());
                if (!((CoreType.Func) wanted.type()).type().equals(found.type())) {
                    throw new AssertionError(wanted + " is offered as " + found.type());
                }
                imports.add(CoreFunction.host(
                        wanted.name(),
                        found.type(),
                        args -> found.body()
                                .call(store, (CoreMemory) instance.get().export("memory"), args)));
            }
            instance.set(code.instantiate(imports, Guest.UNLIMITED));
            ((CoreFunction) instance.get().export("_start")).call();
            return 0;
        } catch (GuestExitException e) {
            return e.code();
        }
    }
}

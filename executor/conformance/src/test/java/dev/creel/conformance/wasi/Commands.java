package dev.creel.conformance.wasi;

import dev.creel.component.Component;
import dev.creel.component.LinkedComponent;
import dev.creel.component.binary.ComponentLimits;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.CoreExtern;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreInstance;
import dev.creel.component.core.CoreMemory;
import dev.creel.component.core.CoreType;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import dev.creel.conformance.core.Unlimited;
import dev.creel.conformance.run.DiffersException;
import dev.creel.wasi.Wasi;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** Runs commands in a store that has its context already. */
final class Commands {
    private static final String RUN = "wasi:cli/run@0.2.0";
    private static final HostInterfaces HOST = HostInterfaces.of(Wasi.interfaces());

    private Commands() {}

    /** The exit code of a component, unless it exits by itself. */
    static int runComponent(byte[] wasm, CoreEngine engine, Store store) throws DiffersException {
        var linked = LinkedComponent.of(
                Component.decode(wasm, engine, ComponentLimits.DEFAULT).plan(HOST), engine, HOST);
        var run = linked.instantiate(store)
                .function(RUN, "run")
                .orElseThrow(() -> new DiffersException("the export " + RUN, "none"));
        return run.call() instanceof Result.Value.Ok ? 0 : 1;
    }

    /** The exit code of a module, unless it exits by itself. */
    static int runModule(byte[] wasm, CoreEngine engine, Store store) throws DiffersException {
        var code = engine.compile(engine.parse(wasm), "command");
        var instance = new AtomicReference<CoreInstance>();
        var imports = new ArrayList<CoreExtern>();
        for (var wanted : code.imports()) {
            var module = Wasi.preview1().get(wanted.module());
            var found = module == null ? null : module.get(wanted.name());
            if (found == null || !wanted.type().equals(new CoreType.Func(found.type()))) {
                throw new DiffersException(
                        wanted.toString(),
                        found == null ? "nothing" : found.type().toString());
            }
            imports.add(CoreFunction.host(
                    wanted.name(),
                    found.type(),
                    args -> found.body().call(store, (CoreMemory) instance.get().export("memory"), args)));
        }
        instance.set(code.instantiate(imports, Unlimited.LIMITS));
        if (!(instance.get().export("_start") instanceof CoreFunction start)) {
            throw new DiffersException("the export _start", "none");
        }
        start.call();
        return 0;
    }
}

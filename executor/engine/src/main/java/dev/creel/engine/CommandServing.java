package dev.creel.engine;

import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import dev.creel.wasi.context.WasiContext;
import dev.creel.wasi.io.Wakeup;

/** A command that answers nobody: its exit code is its outcome. */
final class CommandServing implements Serving {
    private final CompiledComponent component;
    private final CommandCall call;

    CommandServing(CompiledComponent component, CommandCall call) {
        this.component = component;
        this.call = call;
    }

    @Override
    public void prepare(Store store, WasiContext.Builder world) {
        world.arguments(call.arguments())
                .stdin(RequestBody.stream(call.stdin(), store.context(Wakeup.class)))
                .stdout(call.stdout())
                .stderr(call.stderr());
    }

    @Override
    public void run(Store store) {
        boolean failed = component.command(store).call() instanceof Result.Value.Err;
        throw new EndedException(new GuestOutcome.Exited(failed ? 1 : 0));
    }

    @Override
    public boolean answered() {
        return false;
    }

    @Override
    public void close() {
        call.stdin().close();
    }
}

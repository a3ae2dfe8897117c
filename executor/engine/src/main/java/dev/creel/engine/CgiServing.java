package dev.creel.engine;

import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import dev.creel.contract.logs.GuestLine;
import dev.creel.wasi.cli.GuestExitException;
import dev.creel.wasi.context.WasiContext;
import dev.creel.wasi.http.Header;
import dev.creel.wasi.io.ByteInput;
import dev.creel.wasi.io.Wakeup;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A command that answers as CGI does: the request in its environment, arguments and input, the response in its output. */
final class CgiServing implements Serving {
    private final CompiledComponent component;
    private final GuestRequest request;
    private final CgiCall call;
    private final GuestWorld world;
    private final MemoryBudget budget;
    private @Nullable CgiOutput output;

    CgiServing(CompiledComponent component, GuestRequest request, CgiCall call, GuestWorld world, MemoryBudget budget) {
        this.component = component;
        this.request = request;
        this.call = call;
        this.world = world;
        this.budget = budget;
    }

    @Override
    public void prepare(Store store, WasiContext.Builder wasi) {
        var incoming = request.incoming();
        var wakeup = store.context(Wakeup.class);
        var variables = new HashMap<>(call.variables());
        var declared = declaredLength();
        if (declared.isPresent()) {
            variables.put("CONTENT_LENGTH", declared.get());
            wasi.stdin(RequestBody.stream(incoming.body(), wakeup));
        } else {
            var body = RequestBody.whole(store, incoming.body(), world.limits().wholeBody(), budget);
            variables.put("CONTENT_LENGTH", Integer.toString(body.length));
            wasi.stdin(new ByteInput(body));
        }
        variables.keySet().removeAll(world.environment().keySet());
        output = new CgiOutput(request.sink(), incoming.method().equals("HEAD"), wakeup, world.limits(), budget);
        wasi.environment(variables).arguments(call.arguments()).stdout(output);
    }

    /** Said by the client; the listener has checked that it is one number. */
    private Optional<String> declaredLength() {
        for (Header header : request.incoming().headers()) {
            if (header.name().equals("content-length")) {
                return Optional.of(new String(header.value(), StandardCharsets.US_ASCII));
            }
        }
        return Optional.empty();
    }

    @Override
    public void run(Store store) {
        try {
            if (component.command(store).call() instanceof Result.Value.Err) {
                complain("the guest returned an error from wasi:cli/run");
            }
        } catch (GuestExitException e) {
            if (!e.ok()) {
                throw e;
            }
        }
        if (output != null) {
            output.finish();
        }
    }

    private void complain(String line) {
        world.lines().accept(GuestLine.Source.STDERR, line);
    }

    @Override
    public boolean answered() {
        return output != null && output.answered();
    }

    @Override
    public void close() {
        if (output != null) {
            output.abort();
        }
        request.incoming().body().close();
    }
}

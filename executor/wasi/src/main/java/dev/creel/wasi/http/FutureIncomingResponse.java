package dev.creel.wasi.http;

import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import dev.creel.wasi.io.Pollable;
import dev.creel.wasi.io.Wakeup;
import java.util.Optional;

/** The resource {@code future-incoming-response}. Dropped before its answer is taken, it gives the exchange up. */
final class FutureIncomingResponse {
    private final OutgoingHttp.Exchange exchange;
    private boolean taken;

    FutureIncomingResponse(OutgoingHttp.Exchange exchange, Wakeup wakeup) {
        this.exchange = exchange;
        var _ = exchange.answer().whenComplete((answer, broken) -> wakeup.signal());
    }

    static void bind(HostInterface.Builder types) {
        types.resource("future-incoming-response", FutureIncomingResponse.class, FutureIncomingResponse::drop)
                .function(
                        "[method]future-incoming-response.subscribe",
                        (store, args) -> ((FutureIncomingResponse) args[0]).subscribe())
                .function(
                        "[method]future-incoming-response.get",
                        (store, args) -> ((FutureIncomingResponse) args[0]).get(store));
    }

    private Pollable subscribe() {
        return () -> exchange.answer().isDone();
    }

    private Optional<Result.Value> get(Store store) {
        if (taken) {
            return Optional.of(Result.Value.err());
        }
        if (!exchange.answer().isDone()) {
            return Optional.empty();
        }
        taken = true;
        return Optional.of(Result.Value.ok(
                switch (exchange.answer().join()) {
                    case OutgoingHttp.Answer.Response response ->
                        Result.Value.ok(new IncomingResponse(store, response));
                    case OutgoingHttp.Answer.Failed(var code) -> Result.Value.err(ErrorCodes.toGuest(code));
                }));
    }

    private void drop() {
        if (taken) {
            return;
        }
        taken = true;
        exchange.cancel().run();
        // The answer may have come just before, or come still.
        var _ = exchange.answer().thenAccept(answer -> {
            if (answer instanceof OutgoingHttp.Answer.Response response) {
                response.body().close();
            }
        });
    }
}

package dev.creel.wasi.http;

import dev.creel.component.core.TrapException;
import dev.creel.component.host.HostInterface;
import dev.creel.component.type.ValType.Result;
import dev.creel.component.type.ValType.Variant;
import java.util.Objects;
import java.util.Optional;

/** The resource {@code response-outparam}: where a guest puts its answer. Setting consumes it, so there is no second time. */
final class ResponseOutparam {
    private final ResponseSink sink;
    private boolean answered;
    private Optional<OutgoingBody> body = Optional.empty();

    ResponseOutparam(ResponseSink sink) {
        this.sink = sink;
    }

    static void bind(HostInterface.Builder types) {
        types.resource("response-outparam", ResponseOutparam.class, outparam -> {})
                .function("[static]response-outparam.set", (store, args) -> {
                    ((ResponseOutparam) args[0]).set((Result.Value) args[1]);
                    return null;
                })
                // Unstable in WASI, and neither Spin nor wasmtime sends any.
                .function(
                        "[method]response-outparam.send-informational",
                        (store, args) -> Result.Value.err(ErrorCodes.toGuest(
                                HttpErrorCode.internal("informational responses are not supported"))));
    }

    private void set(Result.Value response) {
        if (answered) {
            throw new TrapException("the response is already set");
        }
        answered = true;
        switch (response) {
            case Result.Value.Ok(var sent) -> body = ((OutgoingResponse) Objects.requireNonNull(sent)).send(sink);
            case Result.Value.Err(var code) ->
                sink.fail(ErrorCodes.fromGuest((Variant.Value) Objects.requireNonNull(code)));
        }
    }

    boolean answered() {
        return answered;
    }

    /** The guest has returned: an answer whose body it never touched is complete. */
    void returned() {
        body.ifPresent(OutgoingBody::endIfUntouched);
    }

    /** Cuts the answer off if its body has not ended. */
    void abort() {
        body.ifPresent(OutgoingBody::abort);
    }
}

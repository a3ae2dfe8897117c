package dev.creel.wasi.http;

import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import dev.creel.wasi.io.IoError;
import dev.creel.wasi.wit.WasiWit;
import java.util.List;
import java.util.Optional;

/**
 * wasi:http as a host offers it: {@code types} and {@code outgoing-handler}. Needs {@link HttpContext} and {@link
 * dev.creel.wasi.io.Wakeup} in the store.
 */
public final class HttpInterfaces {
    private HttpInterfaces() {}

    /** The interfaces, bound. */
    public static List<HostInterface> interfaces() {
        return List.of(types(), outgoingHandler());
    }

    private static HostInterface types() {
        var types = HostInterface.of(WasiWit.of("http/types"));
        types.function("http-error-code", (store, args) -> errorCode((IoError) args[0]));
        Fields.bind(types);
        IncomingRequest.bind(types);
        OutgoingRequest.bind(types);
        RequestOptions.bind(types);
        ResponseOutparam.bind(types);
        IncomingResponse.bind(types);
        IncomingBody.bind(types);
        FutureTrailers.bind(types);
        OutgoingResponse.bind(types);
        OutgoingBody.bind(types);
        FutureIncomingResponse.bind(types);
        return types.build();
    }

    private static HostInterface outgoingHandler() {
        return HostInterface.of(WasiWit.of("http/outgoing-handler"))
                .function("handle", (store, args) -> handle(store, (OutgoingRequest) args[0], (Optional<?>) args[1]))
                .build();
    }

    private static Optional<Object> errorCode(IoError error) {
        return error.detail() instanceof HttpErrorCode code ? Optional.of(ErrorCodes.toGuest(code)) : Optional.empty();
    }

    /** Errors of the network, and refusals, come with the future; only a request that is none fails here. */
    private static Result.Value handle(Store store, OutgoingRequest request, Optional<?> options) {
        try {
            var timeouts = options.map(RequestOptions.class::cast).orElseGet(RequestOptions::new);
            return Result.Value.ok(request.send(store, timeouts));
        } catch (HeaderRules.InvalidLengthException e) {
            request.loseBody();
            return Result.Value.err(ErrorCodes.toGuest(HttpErrorCode.of("HTTP-protocol-error")));
        }
    }
}

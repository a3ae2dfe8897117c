package dev.creel.wasi.http;

import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import java.util.List;
import java.util.Optional;

/** The resource {@code incoming-request}. */
final class IncomingRequest {
    private final HttpIncoming request;
    private final List<Header> headers;
    private final Children children = new Children("an incoming-request");
    private boolean consumed;

    IncomingRequest(HttpIncoming request) {
        this.request = request;
        this.headers = HeaderRules.visible(request.headers());
    }

    static void bind(HostInterface.Builder types) {
        types.resource("incoming-request", IncomingRequest.class, IncomingRequest::drop)
                .function("[method]incoming-request.method", (store, args) -> Words.method(of(args).method()))
                .function(
                        "[method]incoming-request.path-with-query",
                        (store, args) -> Optional.of(of(args).pathWithQuery()))
                .function(
                        "[method]incoming-request.scheme",
                        (store, args) -> Optional.of(Words.scheme(of(args).scheme())))
                .function("[method]incoming-request.authority", (store, args) -> authority(of(args)))
                .function(
                        "[method]incoming-request.headers", (store, args) -> ((IncomingRequest) args[0]).headers(store))
                .function(
                        "[method]incoming-request.consume",
                        (store, args) -> ((IncomingRequest) args[0]).consume(store));
    }

    private static HttpIncoming of(Object[] args) {
        return ((IncomingRequest) args[0]).request;
    }

    private static Optional<String> authority(HttpIncoming request) {
        return request.authority().isEmpty() ? Optional.empty() : Optional.of(request.authority());
    }

    private Fields headers(Store store) {
        return Fields.of(headers, store, children);
    }

    private Result.Value consume(Store store) {
        if (consumed) {
            return Result.Value.err();
        }
        consumed = true;
        return Result.Value.ok(IncomingBody.of(store, request.body()));
    }

    /** The body closes with the request unless somebody took it. */
    private void drop() {
        if (!consumed) {
            consumed = true;
            request.body().close();
        }
        children.mustBeGone();
    }
}

package dev.creel.wasi.http;

import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import dev.creel.component.type.ValType.Variant;
import dev.creel.wasi.io.Wakeup;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The resource {@code outgoing-request}: built by the guest, then given to {@code outgoing-handler}. */
final class OutgoingRequest {
    private final List<Header> headers;
    private final Children children = new Children("an outgoing-request");
    private String method = "GET";
    private Optional<String> pathWithQuery = Optional.empty();
    private Optional<String> scheme = Optional.empty();
    private Optional<String> authority = Optional.empty();
    private @Nullable OutgoingBody body;

    private OutgoingRequest(List<Header> headers) {
        this.headers = headers;
    }

    static void bind(HostInterface.Builder types) {
        types.resource("outgoing-request", OutgoingRequest.class, OutgoingRequest::drop)
                .function(
                        "[constructor]outgoing-request",
                        (store, args) -> new OutgoingRequest(((Fields) args[0]).take()))
                .function("[method]outgoing-request.body", (store, args) -> of(args).body(store))
                .function("[method]outgoing-request.method", (store, args) -> Words.method(of(args).method))
                .function(
                        "[method]outgoing-request.set-method",
                        (store, args) -> of(args).setMethod((Variant.Value) args[1]))
                .function("[method]outgoing-request.path-with-query", (store, args) -> of(args).pathWithQuery)
                .function(
                        "[method]outgoing-request.set-path-with-query",
                        (store, args) -> of(args).setPathWithQuery((Optional<?>) args[1]))
                .function(
                        "[method]outgoing-request.scheme",
                        (store, args) -> of(args).scheme.map(Words::scheme))
                .function(
                        "[method]outgoing-request.set-scheme",
                        (store, args) -> of(args).setScheme((Optional<?>) args[1]))
                .function("[method]outgoing-request.authority", (store, args) -> of(args).authority)
                .function(
                        "[method]outgoing-request.set-authority",
                        (store, args) -> of(args).setAuthority((Optional<?>) args[1]))
                .function("[method]outgoing-request.headers", (store, args) -> of(args).headers(store));
    }

    private static OutgoingRequest of(Object[] args) {
        return (OutgoingRequest) args[0];
    }

    /** Sends it on its way and forgets it. */
    FutureIncomingResponse send(Store store, RequestOptions options) throws HeaderRules.InvalidLengthException {
        children.mustBeGone();
        var declared = HeaderRules.contentLength(headers);
        var exchange = store.context(HttpContext.class)
                .outgoing()
                .send(new HttpOutgoing(
                        method,
                        scheme,
                        authority,
                        Words.requestTarget(pathWithQuery),
                        HeaderRules.withoutContentLength(headers),
                        declared.orElse(body == null ? 0 : -1),
                        options.connectTimeout(),
                        options.firstByteTimeout(),
                        options.betweenBytesTimeout()));
        if (body == null) {
            exchange.body().end(Optional.empty());
        } else {
            body.flowInto(exchange.body());
        }
        return new FutureIncomingResponse(exchange, store.context(Wakeup.class));
    }

    /** It will never be sent: writing its body on fails. */
    void loseBody() {
        if (body != null) {
            body.loseMessage();
        }
    }

    private void drop() {
        loseBody();
        children.mustBeGone();
    }

    private Result.Value body(Store store) {
        if (body != null) {
            return Result.Value.err();
        }
        OptionalLong declared;
        try {
            declared = HeaderRules.contentLength(headers);
        } catch (HeaderRules.InvalidLengthException e) {
            return Result.Value.err();
        }
        body = OutgoingBody.ofRequest(declared.orElse(-1), store);
        return Result.Value.ok(body);
    }

    private Result.Value setMethod(Variant.Value value) {
        var word = Words.method(value);
        word.ifPresent(w -> method = w);
        return word.isPresent() ? Result.Value.ok() : Result.Value.err();
    }

    private Result.Value setPathWithQuery(Optional<?> value) {
        var target = value.map(String.class::cast);
        if (target.isPresent() && !Words.isTarget(target.get())) {
            return Result.Value.err();
        }
        pathWithQuery = target;
        return Result.Value.ok();
    }

    private Result.Value setScheme(Optional<?> value) {
        var word = value.flatMap(v -> Words.scheme((Variant.Value) v));
        if (value.isPresent() && word.isEmpty()) {
            return Result.Value.err();
        }
        scheme = word;
        return Result.Value.ok();
    }

    private Result.Value setAuthority(Optional<?> value) {
        var text = value.map(String.class::cast);
        if (text.isPresent() && !Words.isAuthority(text.get())) {
            return Result.Value.err();
        }
        authority = text;
        return Result.Value.ok();
    }

    private Fields headers(Store store) {
        return Fields.of(headers, store, children);
    }
}

package dev.creel.wasi.http;

import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The resource {@code outgoing-response}: built by the guest, then given to {@code response-outparam.set}. */
final class OutgoingResponse {
    private final List<Header> headers;
    private final Children children = new Children("an outgoing-response");
    private int status = 200;
    private @Nullable OutgoingBody body;

    private OutgoingResponse(List<Header> headers) {
        this.headers = headers;
    }

    static void bind(HostInterface.Builder types) {
        types.resource("outgoing-response", OutgoingResponse.class, OutgoingResponse::drop)
                .function(
                        "[constructor]outgoing-response",
                        (store, args) -> new OutgoingResponse(((Fields) args[0]).take()))
                .function("[method]outgoing-response.status-code", (store, args) -> of(args).status)
                .function(
                        "[method]outgoing-response.set-status-code",
                        (store, args) -> of(args).setStatus((Integer) args[1]))
                .function("[method]outgoing-response.headers", (store, args) -> of(args).headers(store))
                .function("[method]outgoing-response.body", (store, args) -> of(args).body(store));
    }

    private static OutgoingResponse of(Object[] args) {
        return (OutgoingResponse) args[0];
    }

    /** Sends it on its way and forgets it; the body, if the guest took it, flows on. */
    Optional<OutgoingBody> send(ResponseSink sink) {
        children.mustBeGone();
        long declared;
        try {
            declared = HeaderRules.contentLength(headers).orElse(body == null ? 0 : -1);
        } catch (HeaderRules.InvalidLengthException e) {
            return refuse(sink, HttpErrorCode.internal("the response's content-length is invalid"));
        }
        if (status < 200) {
            return refuse(sink, HttpErrorCode.internal("status " + status + " cannot end an exchange"));
        }
        var to = sink.respond(status, HeaderRules.withoutContentLength(headers), declared);
        if (body == null) {
            to.end(Optional.empty());
        } else {
            body.flowInto(to);
        }
        return Optional.ofNullable(body);
    }

    private Optional<OutgoingBody> refuse(ResponseSink sink, HttpErrorCode why) {
        if (body != null) {
            body.loseMessage();
        }
        sink.fail(why);
        return Optional.empty();
    }

    private void drop() {
        if (body != null) {
            body.loseMessage();
        }
        children.mustBeGone();
    }

    private Result.Value setStatus(int code) {
        if (code < 100 || code > 999) {
            return Result.Value.err();
        }
        status = code;
        return Result.Value.ok();
    }

    private Fields headers(Store store) {
        return Fields.of(headers, store, children);
    }

    private Result.Value body(Store store) {
        if (body != null) {
            return Result.Value.err();
        }
        long declared;
        try {
            declared = HeaderRules.contentLength(headers).orElse(-1);
        } catch (HeaderRules.InvalidLengthException e) {
            return Result.Value.err();
        }
        body = OutgoingBody.ofResponse(declared, store);
        return Result.Value.ok(body);
    }
}

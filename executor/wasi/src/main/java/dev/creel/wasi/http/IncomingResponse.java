package dev.creel.wasi.http;

import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import java.util.List;

/** The resource {@code incoming-response}. */
final class IncomingResponse {
    private final int status;
    private final List<Header> headers;
    private final IncomingBody body;
    private final Children children = new Children("an incoming-response");
    private boolean consumed;

    IncomingResponse(Store store, OutgoingHttp.Answer.Response response) {
        status = response.status();
        headers = HeaderRules.visible(response.headers());
        body = IncomingBody.of(store, response.body());
    }

    static void bind(HostInterface.Builder types) {
        types.resource("incoming-response", IncomingResponse.class, IncomingResponse::drop)
                .function("[method]incoming-response.status", (store, args) -> ((IncomingResponse) args[0]).status)
                .function(
                        "[method]incoming-response.headers",
                        (store, args) -> ((IncomingResponse) args[0]).headers(store))
                .function("[method]incoming-response.consume", (store, args) -> ((IncomingResponse) args[0]).consume());
    }

    private Fields headers(Store store) {
        return Fields.of(headers, store, children);
    }

    private Result.Value consume() {
        if (consumed) {
            return Result.Value.err();
        }
        consumed = true;
        return Result.Value.ok(body);
    }

    private void drop() {
        if (!consumed) {
            consumed = true;
            body.close();
        }
        children.mustBeGone();
    }
}

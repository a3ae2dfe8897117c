package dev.creel.wasi.http;

import java.util.List;

/** Where the answer of a guest goes. Called by the guest's thread, at most once each, head first. */
public interface ResponseSink {
    /**
     * The response starts now.
     *
     * @param contentLength as the guest declared it, or -1; {@code 0} too if the guest never took the body
     * @return where the body goes
     */
    BodySink respond(int status, List<Header> headers, long contentLength);

    /** The guest answered with an error instead of a response. */
    void fail(HttpErrorCode code);
}

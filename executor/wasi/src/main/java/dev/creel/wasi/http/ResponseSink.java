package dev.creel.wasi.http;

import java.util.List;

/** Where the answer of a guest goes. Called by the guest's thread: one of the methods, once. */
public interface ResponseSink {
    /**
     * The response starts now.
     *
     * @param status 200 to 999
     * @param headers without {@code content-length}
     * @param contentLength as the guest declared it, or -1; 0 if the guest never took the body and declared nothing. A body that
     *     ends with fewer bytes without having been aborted answers HEAD or is a 304; elsewhere the sink cuts it off
     * @return where the body goes
     */
    BodySink respond(int status, List<Header> headers, long contentLength);

    /** The guest answered with an error instead of a response. */
    void fail(HttpErrorCode code);
}

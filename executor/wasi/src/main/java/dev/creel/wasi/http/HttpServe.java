package dev.creel.wasi.http;

/**
 * One request that a guest answers: makes the two arguments of its {@code incoming-handler.handle(request, response-out)}, and
 * knows afterwards what became of them. Used by the guest's thread. Close it when the guest is done, whatever happened: a body
 * that the guest left open is cut off, so that it cannot pass for complete.
 */
public final class HttpServe implements AutoCloseable {
    private final HttpIncoming incoming;
    private final IncomingRequest request;
    private final ResponseOutparam outparam;

    /** Serves {@code incoming}; the answer goes to {@code sink}. */
    public HttpServe(HttpIncoming incoming, ResponseSink sink) {
        this.incoming = incoming;
        this.request = new IncomingRequest(incoming);
        this.outparam = new ResponseOutparam(sink);
    }

    /** The first argument, an own of {@code incoming-request}. Hand it out once. */
    public Object request() {
        return request;
    }

    /** The second argument, an own of {@code response-outparam}. Hand it out once. */
    public Object responseOut() {
        return outparam;
    }

    /** Whether the guest has set its answer, be it a response or an error. If not, the sink has heard nothing. */
    public boolean answered() {
        return outparam.answered();
    }

    /** The guest has returned from its handler. A response whose body it took but never wrote to ends in order, as an empty one. */
    public void returned() {
        outparam.returned();
    }

    @Override
    public void close() {
        outparam.abort();
        incoming.body().close();
    }
}

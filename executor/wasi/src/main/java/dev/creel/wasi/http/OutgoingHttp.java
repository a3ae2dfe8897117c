package dev.creel.wasi.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Carries requests of guests to the world. A store's context holds one; the host decides what is allowed. */
public interface OutgoingHttp {
    /**
     * Starts to send; never blocks. A refusal completes the future with {@link Answer.Failed}; the future never completes
     * exceptionally.
     */
    Exchange send(HttpOutgoing request);

    /**
     * A request on its way.
     *
     * @param body where the guest writes the request's body
     * @param answer completes with the response's head, or with why there is none
     * @param cancel gives the exchange up; harmless when it is over
     */
    record Exchange(BodySink body, CompletableFuture<Answer> answer, Runnable cancel) {}

    /** What became of a request. */
    sealed interface Answer {
        /** A response; its body still flows. */
        record Response(int status, List<Header> headers, BodySource body) implements Answer {}

        /** None. */
        record Failed(HttpErrorCode code) implements Answer {}
    }
}

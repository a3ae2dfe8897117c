package dev.creel.chassis.http;

/** Answers requests. Called on a fresh virtual thread for each request, so it may block. */
@FunctionalInterface
public interface HttpHandler {
    /**
     * Answers one request. A {@code ProblemException} becomes its problem answer; an {@code IOException} after the
     * client has gone ends quietly; anything else becomes a 500 and one log line. If the answer had already begun, the
     * connection is cut, so that the client never takes half an answer for a whole one.
     */
    void handle(HttpExchange exchange) throws Exception;
}

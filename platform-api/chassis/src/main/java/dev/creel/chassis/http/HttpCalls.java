package dev.creel.chassis.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;

/**
 * Blocking HTTP/1.1 calls. A request may carry a Host header that differs from the address it is sent to, so that a
 * client reaches {@code registry.creel.localhost} at {@code 127.0.0.1} whatever the resolver says. Redirects are not
 * followed. Thread-safe. The whole request body is sent before the answer is read: not for echoes.
 */
public final class HttpCalls implements AutoCloseable {
    static {
        // The JDK reads it once, when its client is first used in the process; the launcher sets it for those who come
        // first.
        var allowed = System.getProperty("jdk.httpclient.allowRestrictedHeaders");
        System.setProperty(
                "jdk.httpclient.allowRestrictedHeaders",
                allowed == null || allowed.isBlank() ? "host" : allowed + ",host");
    }

    /** Headers that the client writes itself. */
    private static final Set<String> OWN = Set.of("content-length", "connection", "transfer-encoding");

    private final HttpClient client;
    private final Duration answerWithin;

    /**
     * A client.
     *
     * @param connectWithin longest wait for a connection
     * @param answerWithin longest wait from the start of a call until the head of the answer is there
     */
    public HttpCalls(Duration connectWithin, Duration answerWithin) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectWithin)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.answerWithin = answerWithin;
    }

    /**
     * One answer; close it.
     *
     * @param status HTTP status
     * @param headers as they came
     * @param body read it to its end or close it
     */
    public record Answer(int status, HttpFields headers, InputStream body) implements AutoCloseable {
        /** The whole body. */
        public byte[] bytes() throws IOException {
            try (body) {
                return body.readAllBytes();
            }
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    /**
     * Sends a request and waits for the head of its answer.
     *
     * @param headers with {@code host} to name another host than {@code uri} does
     * @throws IOException naming the method and address, if there is no answer in time
     */
    public Answer call(String method, URI uri, HttpFields headers, RequestBody body) throws IOException {
        var request = HttpRequest.newBuilder(uri).timeout(answerWithin).method(method, body.publisher());
        for (var field : headers.entries()) {
            if (!OWN.contains(field.name().toLowerCase(java.util.Locale.ROOT))) {
                request.header(field.name(), field.value());
            }
        }
        try {
            var answer = client.send(request.build(), BodyHandlers.ofInputStream());
            return new Answer(answer.statusCode(), fields(answer), answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted during " + method + " " + uri, e);
        } catch (IOException e) {
            throw new IOException(method + " " + uri + " failed: " + reason(e), e);
        }
    }

    /** Sends a request without a body. */
    public Answer call(String method, URI uri, HttpFields headers) throws IOException {
        return call(method, uri, headers, new RequestBody.Nothing());
    }

    private static String reason(IOException e) {
        return switch (e) {
            case java.net.http.HttpConnectTimeoutException timeout -> "no connection in time";
            case java.net.http.HttpTimeoutException timeout -> "no answer in time";
            case java.net.ConnectException refused -> "nothing listens there";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }

    private static HttpFields fields(HttpResponse<?> answer) {
        return new HttpFields(answer.headers().map().entrySet().stream()
                .flatMap(e -> e.getValue().stream().map(value -> new HttpFields.Field(e.getKey(), value)))
                .toList());
    }

    /** Ends running calls and lets go of connections. */
    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}

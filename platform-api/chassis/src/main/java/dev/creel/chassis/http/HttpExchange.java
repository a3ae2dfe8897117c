package dev.creel.chassis.http;

import dev.creel.chassis.json.Json;
import dev.creel.contract.Problem;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. Used by one thread, the virtual thread of its handler; every method may block there.
 * Answer exactly once, by {@code respond}, {@code problem} or {@code json}.
 */
public final class HttpExchange {
    private final HttpServerRequest request;
    private final Context context;
    private final ListenerConfig config;
    private final BodyInput body;
    private @Nullable HttpFields headers;
    private @Nullable Map<String, List<String>> query;
    private volatile @Nullable BodyOutput output;
    private boolean answered;

    /** Call on the event loop, in the request handler. */
    HttpExchange(HttpServerRequest request, Context context, ListenerConfig config) {
        this.request = request;
        this.context = context;
        this.config = config;
        this.body = new BodyInput(request, context, config.bodyMax(), config.bodyBuffer());
        request.response().exceptionHandler(this::cut);
        request.response().closeHandler(ignored -> cut(new HttpClosedException("connection closed")));
    }

    private void cut(Throwable cause) {
        var open = output;
        if (open != null) {
            open.cut(cause);
        }
    }

    /** {@code GET}, {@code POST} …, as sent. */
    public String method() {
        return request.method().name();
    }

    /** The path as sent, still percent-encoded, never empty; also for a target in absolute form. */
    public String path() {
        var path = request.path();
        return path == null || path.isEmpty() ? "/" : path;
    }

    /** What follows the {@code ?}, as sent. */
    public Optional<String> rawQuery() {
        return Optional.ofNullable(request.query());
    }

    /** The first value of a query parameter, decoded ({@code +} is a space). */
    public Optional<String> parameter(String name) {
        return parameters(name).stream().findFirst();
    }

    /** All values of a query parameter, decoded. */
    public List<String> parameters(String name) {
        var parsed = query;
        if (parsed == null) {
            query = parsed = FormText.parse(rawQuery().orElse(""));
        }
        return parsed.getOrDefault(name, List.of());
    }

    /** The value of the first header with this name, compared without case. */
    public Optional<String> header(String name) {
        return headers().first(name);
    }

    /** All request headers. */
    public HttpFields headers() {
        var known = headers;
        if (known == null) {
            headers = known = new HttpFields(request.headers().entries().stream()
                    .map(e -> new HttpFields.Field(e.getKey(), e.getValue()))
                    .toList());
        }
        return known;
    }

    /** The host that the client named, from an absolute-form target or the Host header, as written, with its port. */
    public Optional<String> authority() {
        var authority = request.authority();
        return authority == null ? Optional.empty() : Optional.of(authority.toString());
    }

    /** The peer of the connection. */
    public InetSocketAddress remoteAddress() {
        var remote = request.remoteAddress();
        return new InetSocketAddress(
                remote.hostAddress() == null ? remote.host() : remote.hostAddress(), remote.port());
    }

    /**
     * The request body, always the same stream; needs no close. Reads block until bytes come. A body over the limit
     * throws {@code ProblemException} TOO_LARGE from the read that notices it; a client that goes away, IOException.
     */
    public InputStream body() {
        return body;
    }

    /** The whole request body, within the listener's limit. */
    public byte[] bodyBytes() throws IOException {
        return body.readAllBytes();
    }

    /** Whether an answer has begun. */
    public boolean answered() {
        return answered;
    }

    /** Answers with a whole body. For HEAD pass the body that GET would have: only its length is sent. */
    public void respond(int status, HttpFields fields, byte[] bytes) {
        var response = begin(status, fields);
        var buffer = Buffer.buffer(bytes);
        boolean bodiless = bodiless(status);
        boolean head = head();
        context.runOnContext(ignored -> {
            if (bodiless || head) {
                if (!bodiless) {
                    response.putHeader("content-length", Integer.toString(buffer.length()));
                }
                response.end();
            } else {
                response.end(buffer);
            }
        });
    }

    /**
     * Answers with a body that is written as it comes, with back pressure. Close the stream to end the answer; if the
     * handler throws before, the connection is cut. {@code flush} sends what was written so far.
     *
     * @param length of the body, if known; otherwise it is sent in chunks
     */
    public OutputStream respond(int status, HttpFields fields, OptionalLong length) {
        var response = begin(status, fields);
        boolean bodiless = bodiless(status);
        boolean discards = bodiless || head();
        var stream = new BodyOutput(
                response, context, length, discards, config.responseBuffer().bytes());
        output = stream;
        context.runOnContext(ignored -> {
            if (!bodiless && length.isPresent()) {
                response.putHeader("content-length", Long.toString(length.getAsLong()));
            } else if (!discards && request.version() == HttpVersion.HTTP_1_0) {
                // Version 1.0 knows no chunks: the end of the connection is the end of the body, and the first write
                // sends the head.
                response.endHandler(done -> request.connection().close());
                return;
            } else if (!discards) {
                response.setChunked(true);
            }
            if (response.closed()) {
                stream.cut(new HttpClosedException("connection closed"));
            } else if (!discards) {
                response.writeHead();
            }
        });
        return stream;
    }

    /** Answers with {@code value} as JSON. */
    public void json(int status, Object value) {
        json(status, HttpFields.NONE, value);
    }

    /** As {@link #json(int, Object)}, with further headers. */
    public void json(int status, HttpFields more, Object value) {
        respond(status, more.with("content-type", "application/json; charset=utf-8"), Json.write(value));
    }

    /** Answers with a problem, in the form that the {@code spin} client prints (reference spin-deploy §3.4). */
    public void problem(Problem problem) {
        problem(problem, HttpFields.NONE);
    }

    /** As {@link #problem(Problem)}, with further headers such as {@code www-authenticate} or {@code retry-after}. */
    public void problem(Problem problem, HttpFields more) {
        json(problem.code().status(), more, ProblemBody.of(problem));
    }

    /** Called when the handler has returned: ends an open stream, then lets the connection go on. */
    void finish() throws IOException {
        var open = output;
        if (open != null) {
            open.close();
        }
        context.runOnContext(ignored -> body.drop(config.leftoverMax()));
    }

    /** Cuts the connection, so that the client sees that the answer is not whole. */
    void abort() {
        context.runOnContext(ignored -> request.connection().close());
    }

    /** Whether the client went away before the exchange was over. */
    boolean clientGone() {
        return body.cut() || request.response().closed();
    }

    private HttpServerResponse begin(int status, HttpFields fields) {
        if (answered) {
            throw new IllegalStateException("this request has been answered already");
        }
        answered = true;
        var response = request.response();
        response.setStatusCode(status);
        fields.entries().forEach(field -> response.headers().add(field.name(), field.value()));
        if (request.version() == HttpVersion.HTTP_1_1 && body.isMoreToCome(config.leftoverMax())) {
            // The connection is about to be closed: the client must not send its next request there.
            response.putHeader("connection", "close");
        }
        return response;
    }

    private boolean head() {
        return request.method().equals(HttpMethod.HEAD);
    }

    private static boolean bodiless(int status) {
        return status == 204 || status == 304;
    }
}

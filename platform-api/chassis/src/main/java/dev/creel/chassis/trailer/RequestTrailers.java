package dev.creel.chassis.trailer;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.http1.Http1ServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Locale;
import java.util.Set;

/**
 * The trailers of requests (RFC 9110 §6.5). A server that wants them calls {@link #keep} for each of its connections and
 * {@link #of} in a request's end handler; a client calls {@link #announce} before it ends a request. How long they may be is
 * the limit of the connection's headers. What frames a message is no trailer, whoever says so. All calls are made on the connection's event loop.
 */
public final class RequestTrailers {
    private static final String READER = "creel-request-trailers";
    private static final String WRITER = "creel-trailer-writer";

    private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding", "trailer");

    private RequestTrailers() {}

    /** Has a server's connection keep the trailers of its requests. To be called by the server's connection handler. */
    public static void keep(HttpConnection connection) {
        var context = ((ConnectionBase) connection).channelHandlerContext();
        if (context.handler() instanceof Http2ConnectionHandler http2) {
            context.channel().attr(Http2Trailers.OF_CHANNEL).set(Http2Trailers.listenTo(http2));
        } else {
            context.pipeline().addBefore(context.name(), READER, new Http1TrailerReader());
        }
    }

    /** The trailers of a request that has ended, on a connection that keeps them; empty if there were none. */
    public static MultiMap of(HttpServerRequest request) {
        var found = MultiMap.caseInsensitiveMultiMap();
        if (request instanceof Http1ServerRequest http1) {
            if (http1.nettyRequest() instanceof TrailedRequest trailed) {
                for (var line : trailed.trailers()) {
                    found.add(line.getKey(), line.getValue());
                }
            }
        } else if (request.version() == HttpVersion.HTTP_2) {
            var channel = ((ConnectionBase) request.connection()).channel();
            var kept = channel.attr(Http2Trailers.OF_CHANNEL).get();
            if (kept != null) {
                for (var line : kept.of(request.streamId())) {
                    if (mayTrail(line.getKey())) {
                        found.add(line.getKey(), line.getValue());
                    }
                }
            }
        }
        return found;
    }

    /**
     * Has trailers sent with the end of a request. To be called right before its {@code end}; the request is chunked and its
     * head is on its way.
     *
     * @return whether they will be sent; only HTTP/1.1 can
     * @throws IllegalArgumentException if one cannot be written as one line; none will be sent
     */
    public static boolean announce(HttpClientRequest request, MultiMap trailers) {
        if (request.version() != HttpVersion.HTTP_1_1) {
            return false;
        }
        // Checked here: a write that fails in the pipeline would leave the request without an end.
        var lines = DefaultHttpHeadersFactory.trailersFactory().newHeaders();
        trailers.forEach((name, value) -> {
            if (mayTrail(name)) {
                lines.add(name, value);
            }
        });
        var context = ((ConnectionBase) request.connection()).channelHandlerContext();
        var writer = context.pipeline().get(TrailerWriter.class);
        if (writer == null) {
            writer = new TrailerWriter();
            context.pipeline().addBefore(context.name(), WRITER, writer);
        }
        writer.next(lines);
        return true;
    }

    private static boolean mayTrail(CharSequence name) {
        var text = name.toString();
        return !text.startsWith(":") && !FRAMING.contains(text.toLowerCase(Locale.ROOT));
    }
}

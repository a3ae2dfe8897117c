package dev.creel.chassis.trailer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.EmptyHttp2Headers;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AttributeKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The trailers of the open streams of one HTTP/2 connection: a second block of headers (RFC 9113 §8.1). */
final class Http2Trailers extends Http2FrameListenerDecorator {
    static final AttributeKey<Http2Trailers> OF_CHANNEL = AttributeKey.valueOf(Http2Trailers.class, "of-channel");

    private final Map<Long, Http2Headers> trailers = new HashMap<>();
    /** Streams whose first block of headers is here. */
    private final Set<Long> begun = new HashSet<>();

    private Http2Trailers(Http2FrameListener next) {
        super(next);
    }

    static Http2Trailers listenTo(Http2ConnectionHandler handler) {
        var decoder = handler.decoder();
        var listener = new Http2Trailers(decoder.frameListener());
        decoder.frameListener(listener);
        handler.connection().addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamClosed(Http2Stream stream) {
                listener.forget(stream.id());
            }
        });
        return listener;
    }

    Http2Headers of(long stream) {
        return trailers.getOrDefault(stream, EmptyHttp2Headers.INSTANCE);
    }

    private void forget(long stream) {
        begun.remove(stream);
        trailers.remove(stream);
    }

    private void note(long stream, Http2Headers headers) {
        if (!begun.add(stream)) {
            trailers.put(stream, headers);
        }
    }

    @Override
    public void onHeadersRead(ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean end)
            throws Http2Exception {
        note(stream, headers);
        super.onHeadersRead(context, stream, headers, padding, end);
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int stream,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean end)
            throws Http2Exception {
        note(stream, headers);
        super.onHeadersRead(context, stream, headers, dependency, weight, exclusive, padding, end);
    }
}

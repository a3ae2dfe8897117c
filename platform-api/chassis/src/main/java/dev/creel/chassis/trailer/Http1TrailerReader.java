package dev.creel.chassis.trailer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** Between the decoder of HTTP/1.1 and Vert.x: gives each request the trailers that come with its end. */
final class Http1TrailerReader extends ChannelInboundHandlerAdapter {
    /** The request whose end is yet to come. */
    private @Nullable TrailedRequest current;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message.getClass() == DefaultHttpRequest.class) {
            var request = new TrailedRequest((DefaultHttpRequest) message);
            current = request;
            context.fireChannelRead(request);
            return;
        }
        if (message instanceof LastHttpContent last && current != null) {
            if (!last.trailingHeaders().isEmpty()) {
                current.trailers(last.trailingHeaders());
            }
            current = null;
        }
        context.fireChannelRead(message);
    }
}

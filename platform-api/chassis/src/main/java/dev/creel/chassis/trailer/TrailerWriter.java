package dev.creel.chassis.trailer;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/** Between Vert.x and the encoder of HTTP/1.1: gives the end of a request its trailers. */
final class TrailerWriter extends ChannelOutboundHandlerAdapter {
    private @Nullable HttpHeaders next;

    /** What goes with the next end. */
    void next(HttpHeaders trailers) {
        next = trailers;
    }

    /** The promise says how it went. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (next != null && message instanceof LastHttpContent plain) {
            var last = new DefaultLastHttpContent(plain.content(), next);
            next = null;
            context.write(last, promise);
        } else {
            context.write(message, promise);
        }
    }
}

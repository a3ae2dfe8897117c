package dev.creel.chassis.trailer;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;

/** A request that will know its trailers. */
final class TrailedRequest extends DefaultHttpRequest {
    private HttpHeaders trailers = EmptyHttpHeaders.INSTANCE;

    TrailedRequest(HttpRequest request) {
        super(request.protocolVersion(), request.method(), request.uri(), request.headers());
        setDecoderResult(request.decoderResult());
    }

    HttpHeaders trailers() {
        return trailers;
    }

    void trailers(HttpHeaders found) {
        trailers = found;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}

package dev.creel.host.outbound;

import dev.creel.wasi.http.HttpErrorCode;
import dev.creel.wasi.http.HttpOutgoing;
import dev.creel.wasi.http.OutgoingHttp.Exchange;

/** For a guest that has no application around it: there is nobody to reach without leaving the process. */
public final class NoSiblings implements Siblings {
    @Override
    public Exchange toComponent(String component, HttpOutgoing request) {
        return NetworkHttp.failed(HttpErrorCode.of("destination-not-found"));
    }

    @Override
    public boolean answers(String component) {
        return false;
    }

    @Override
    public Exchange toSelf(HttpOutgoing request) {
        return NetworkHttp.failed(HttpErrorCode.of("destination-not-found"));
    }
}

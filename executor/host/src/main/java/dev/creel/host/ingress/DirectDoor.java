package dev.creel.host.ingress;

import dev.creel.host.app.RunningApp;
import io.vertx.core.http.HttpServerRequest;

/** For clients that come straight to one application, without a platform around it. */
public final class DirectDoor implements Door {
    private final RunningApp app;

    /** Everyone reaches {@code app}. */
    public DirectDoor(RunningApp app) {
        this.app = app;
    }

    @Override
    public Entry enter(HttpServerRequest http) {
        var peer = http.remoteAddress();
        var address = peer.hostAddress() == null ? "0.0.0.0" : peer.hostAddress();
        return new Entry.Open(
                app, "http", (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + peer.port());
    }

    @Override
    public boolean internal(String lowerCaseName) {
        return false;
    }
}

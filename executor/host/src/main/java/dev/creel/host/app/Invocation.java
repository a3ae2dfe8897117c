package dev.creel.host.app;

import dev.creel.engine.CgiCall;
import dev.creel.engine.GuestStop;
import dev.creel.host.route.Arrival;
import dev.creel.host.route.CgiRequest;
import dev.creel.host.route.Executor;
import dev.creel.host.route.SpinHeaders;
import dev.creel.wasi.http.HttpIncoming;
import java.util.ArrayList;
import java.util.Optional;

/**
 * A request to a component of an application.
 *
 * @param app which application
 * @param component which of its components
 * @param arrival how it came there
 * @param incoming the request, without what {@code arrival} tells the guest
 * @param caller where the answer goes
 * @param stop by which the caller ends it
 * @param deadlineNanos when it must be over, as {@link System#nanoTime} tells time
 * @param depth how many components have called each other to get here; 0 from outside
 */
public record Invocation(
        RunningApp app,
        HostedComponent component,
        Arrival arrival,
        HttpIncoming incoming,
        Caller caller,
        GuestStop stop,
        long deadlineNanos,
        int depth) {
    /** What the guest sees of the request. */
    HttpIncoming seen() {
        var headers = new ArrayList<>(incoming.headers());
        switch (component.executor()) {
            case Executor.Handler ignored -> headers.addAll(SpinHeaders.of(arrival));
            case Executor.Wagi ignored -> {}
        }
        return new HttpIncoming(
                incoming.method(),
                incoming.pathWithQuery(),
                incoming.scheme(),
                incoming.authority(),
                headers,
                incoming.body());
    }

    /** How a command is asked, if the component is one. */
    Optional<CgiCall> cgi() {
        return switch (component.executor()) {
            case Executor.Handler ignored -> Optional.empty();
            case Executor.Wagi wagi -> Optional.of(CgiRequest.of(wagi, arrival, incoming.method(), incoming.headers()));
        };
    }
}

package dev.creel.host.outbound;

import dev.creel.component.core.TrapException;
import dev.creel.engine.outbound.OutboundRules;
import dev.creel.engine.outbound.ServiceChaining;
import dev.creel.wasi.http.HttpErrorCode;
import dev.creel.wasi.http.HttpOutgoing;
import dev.creel.wasi.http.OutgoingHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Where the requests of one run go (reference spin-host-interfaces §3.3): checked against the component's list, then to another
 * component, to the application itself, or to the network. Used by the guest's thread; when the run is over, {@link #close} gives
 * up whatever is still under way.
 */
public final class OutboundHttp implements OutgoingHttp, AutoCloseable {
    private static final String SELF = "self.alt";

    private final NetworkHttp network;
    private final OutboundRules rules;
    private final Siblings siblings;
    private final int most;
    private final Consumer<String> complaints;
    private final List<Exchange> exchanges = new ArrayList<>();

    /**
     * @param network the way out
     * @param rules what the component may reach
     * @param siblings the application
     * @param most requests that the run may make
     * @param complaints told of each request that the list does not allow, for the developer's log
     */
    public OutboundHttp(
            NetworkHttp network, OutboundRules rules, Siblings siblings, int most, Consumer<String> complaints) {
        this.network = network;
        this.rules = rules;
        this.complaints = complaints;
        this.siblings = siblings;
        this.most = most;
    }

    @Override
    public Exchange send(HttpOutgoing request) {
        if (exchanges.size() >= most) {
            return NetworkHttp.failed(HttpErrorCode.of("connection-limit-reached"));
        }
        var exchange = route(request);
        exchanges.add(exchange);
        return exchange;
    }

    private Exchange route(HttpOutgoing request) {
        var authority = request.authority().orElse("");
        if (authority.isEmpty() || host(authority).equals(SELF)) {
            return rules.checkSelf().allowed() ? siblings.toSelf(request) : denied("itself");
        }
        var to = Destination.parse(request.scheme().orElse("https"), authority);
        if (to.isEmpty()) {
            return NetworkHttp.failed(HttpErrorCode.of("HTTP-request-URI-invalid"));
        }
        if (!rules.check(to.get().url(), "https").allowed()) {
            return denied(to.get().url());
        }
        var component = ServiceChaining.component(authority);
        if (component.isEmpty()) {
            return network.send(request, to.get());
        }
        if (!siblings.answers(component.get())) {
            // As in Spin: the caller cannot go on.
            throw new TrapException("there is no component \"" + component.get() + "\" with an HTTP trigger to call");
        }
        return siblings.toComponent(component.get(), request);
    }

    private static String host(String authority) {
        int colon = authority.indexOf(':');
        return (colon < 0 ? authority : authority.substring(0, colon)).toLowerCase(Locale.ROOT);
    }

    private Exchange denied(String to) {
        complaints.accept("a request to " + to + " is not in the component's allowed_outbound_hosts");
        return NetworkHttp.failed(HttpErrorCode.of("HTTP-request-denied"));
    }

    @Override
    public void close() {
        for (var exchange : exchanges) {
            exchange.cancel().run();
        }
    }
}

package dev.creel.host.outbound;

import dev.creel.component.core.TrapException;
import dev.creel.contract.app.AppId;
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
    private final AppId app;
    private final OutboundRules rules;
    private final Siblings siblings;
    private final int most;
    private final Consumer<String> complaints;
    private final Permits underWay;
    private final List<Exchange> exchanges = new ArrayList<>();

    /**
     * @param network the way out
     * @param app whose connections it uses
     * @param rules what the component may reach
     * @param siblings the application
     * @param most requests that the run may make
     * @param complaints told of each request that the list does not allow, for the developer's log
     */
    public OutboundHttp(
            NetworkHttp network,
            AppId app,
            OutboundRules rules,
            Siblings siblings,
            int most,
            Consumer<String> complaints) {
        this.network = network;
        this.app = app;
        this.underWay = network.newRun();
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
        if (request.method().equals("CONNECT")) {
            // A tunnel is no exchange: nothing that is checked here would hold for what goes through it.
            return NetworkHttp.failed(HttpErrorCode.of("HTTP-request-method-invalid"));
        }
        var tooLarge = RequestHead.tooLarge(request, network.config().requestHeadMax());
        if (tooLarge.isPresent()) {
            return NetworkHttp.failed(tooLarge.get());
        }
        var authority = request.authority().orElse("");
        var host = host(authority);
        if (host.isEmpty() || host.equals(SELF)) {
            var verdict = rules.checkSelf();
            return verdict.allowed() ? siblings.toSelf(request) : denied("itself", verdict);
        }
        var to = Destination.parse(request.scheme().orElse("https"), authority);
        if (to.isEmpty()) {
            return NetworkHttp.failed(HttpErrorCode.of("HTTP-request-URI-invalid"));
        }
        var verdict = rules.check(to.get().url(), "https");
        if (!verdict.allowed()) {
            return denied(to.get().url(), verdict);
        }
        var component = ServiceChaining.component(authority);
        if (component.isEmpty()) {
            return network.send(app, underWay, request, to.get());
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

    private Exchange denied(String to, OutboundRules.Verdict verdict) {
        complaints.accept(
                verdict instanceof OutboundRules.Verdict.Broken(var why)
                        ? "a request to " + to + " is denied because nothing is allowed: " + why
                        : "a request to " + to + " is not in the component's allowed_outbound_hosts");
        return NetworkHttp.failed(HttpErrorCode.of("HTTP-request-denied"));
    }

    @Override
    public void close() {
        for (var exchange : exchanges) {
            exchange.cancel().run();
        }
    }
}

package dev.creel.host.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.app.AppId;
import dev.creel.contract.lockedapp.ContentRef;
import dev.creel.contract.lockedapp.LockedApp;
import dev.creel.contract.lockedapp.LockedComponent;
import dev.creel.contract.lockedapp.LockedVariable;
import dev.creel.engine.outbound.AllowedHosts;
import dev.creel.engine.variables.ApplicationVariables;
import dev.creel.wasi.http.Header;
import dev.creel.wasi.http.HttpErrorCode;
import dev.creel.wasi.http.HttpOutgoing;
import dev.creel.wasi.http.OutgoingHttp.Exchange;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a request before it leaves. */
@Timeout(60)
class OutboundHttpTest {
    private static final String HERE = "127.0.0.1";

    private final Vertx vertx = Vertx.vertx();
    private final NetworkHttp network;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> siblings = new ArrayList<>();

    OutboundHttpTest() throws IOException {
        network = new NetworkHttp(vertx, OutboundConfig.DEFAULTS.withPrivateNetworks(true));
    }

    @AfterEach
    void close() {
        network.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void opensNoTunnel() throws Exception {
        assertEquals("HTTP-request-method-invalid", failure(allowing("*://*:*"), request("CONNECT", HERE, "/", "")));
    }

    @Test
    void refusesAHeadBeyondItsLimit() throws Exception {
        int limit = Math.toIntExact(OutboundConfig.DEFAULTS.requestHeadMax().bytes());
        var out = allowing("*://*:*");
        try (var server = new RawServer("HTTP/1.1 204 No Content\r\n\r\n")) {
            var authority = HERE + ":" + server.port();
            var most = "/" + "p".repeat(limit - 1 - "GET".length());
            assertEquals("", Wire.text(ended(out.send(request("GET", authority, most, "")))));
            assertEquals("HTTP-request-URI-too-long", failure(out, request("GET", authority, most + "p", "")));
            assertEquals(
                    "HTTP-request-header-section-size",
                    failure(out, request("GET", authority, "/", "v".repeat(limit))));
            assertEquals(1, server.heads().size());
        }
    }

    @Test
    void sendsNothingToWhatIsNoAddressOfHttp() throws Exception {
        var out = allowing("*://*:*");
        assertEquals("HTTP-request-URI-invalid", failure(out, request("GET", "user@" + HERE, "/", "")));
        assertEquals("HTTP-request-URI-invalid", failure(out, scheme("ftp", HERE)));
    }

    @Test
    void saysWhatIsNotAllowed() throws Exception {
        assertEquals("HTTP-request-denied", failure(allowing("http://example.com"), request("GET", HERE, "/", "")));
        assertEquals(
                List.of("a request to http://127.0.0.1:80 is not in the component's allowed_outbound_hosts"),
                complaints);
    }

    @Test
    void saysThatAnEntryTurnedOutBroken() throws Exception {
        var out = allowing("http://*:*", "http://{{ where }}");
        assertEquals("HTTP-request-denied", failure(out, request("GET", HERE, "/", "")));
        assertEquals(1, complaints.size());
        assertTrue(complaints.getFirst().contains("nothing is allowed: "), complaints::toString);
        assertTrue(complaints.getFirst().contains("http://{{ where }}"), complaints::toString);
    }

    @Test
    void sendsRequestsToTheApplicationItselfByItsRouter() throws Exception {
        var out = allowing("http://self");
        for (var authority : List.of("self.alt", "self.alt:8080", "SELF.alt", ":443")) {
            failure(out, request("GET", authority, "/x", ""));
        }
        var relative = request("GET", HERE, "/y", "");
        failure(
                out,
                new HttpOutgoing(
                        "GET",
                        Optional.empty(),
                        Optional.empty(),
                        "/y",
                        relative.headers(),
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        assertEquals(List.of("self /x", "self /x", "self /x", "self /x", "self /y"), siblings);
    }

    @Test
    void callsComponentsByName() throws Exception {
        failure(allowing("http://other.spin.internal"), request("GET", "other.spin.internal:80", "/x", ""));
        assertEquals(List.of("other /x"), siblings);
    }

    @Test
    void capsWhatAGuestWantsToWait() throws Exception {
        var standard = OutboundConfig.DEFAULTS;
        var hasty = new OutboundConfig(
                true,
                Optional.empty(),
                standard.connectTimeout(),
                Duration.ofMillis(50),
                standard.betweenBytesTimeout(),
                standard.requestsPerRun(),
                standard.requestsPerApp(),
                standard.waitingPerApp(),
                standard.connectionsPerHost(),
                standard.connectionsPerApp(),
                standard.idle(),
                standard.headersMax(),
                standard.requestHeadMax(),
                standard.bodyBuffer(),
                standard.chainDepthMax(),
                standard.chainedPerApp());
        var hour = Duration.ofHours(1);
        try (var server = new RawServer("");
                var own = new NetworkHttp(vertx, hasty)) {
            var exchange = own.send(
                    AppId.random(),
                    own.newRun(),
                    Wire.patient(hour, hour, hour),
                    new Destination(false, HERE, server.port()));
            assertEquals("connection-read-timeout", Wire.failure(ended(exchange)));
        }
    }

    private OutboundHttp allowing(String... entries) throws Exception {
        var component = new LockedComponent(
                "main",
                new ContentRef(Optional.of(new ContentRef.Inline(new byte[0])), Optional.empty(), Optional.empty()),
                Map.of(),
                List.of(),
                Map.of(),
                List.of(entries),
                List.of(),
                List.of(),
                List.of(),
                Map.of());
        var variables = Map.of("where", new LockedVariable(Optional.empty(), false, ""));
        var app = new LockedApp("trial", "", "", Map.of(), List.of(), variables, List.of(), List.of(component));
        var rules = AllowedHosts.of(app, component)
                .over(ApplicationVariables.of(variables, () -> Map.of("where", "a path/no host")));
        return new OutboundHttp(network, AppId.random(), rules, new Noted(), 100, complaints::add);
    }

    private static HttpOutgoing request(String method, String authority, String path, String value) {
        return new HttpOutgoing(
                method,
                Optional.of("http"),
                Optional.of(authority),
                path,
                value.isEmpty()
                        ? List.of()
                        : List.of(new Header("x", value.getBytes(java.nio.charset.StandardCharsets.UTF_8))),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static HttpOutgoing scheme(String scheme, String authority) {
        return new HttpOutgoing(
                "GET",
                Optional.of(scheme),
                Optional.of(authority),
                "/",
                List.of(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static String failure(OutboundHttp out, HttpOutgoing request) throws Exception {
        return Wire.failure(ended(out.send(request)));
    }

    private static Exchange ended(Exchange exchange) {
        exchange.body().end(Optional.empty());
        return exchange;
    }

    /** An application that answers nothing but remembers who was asked. */
    private final class Noted implements Siblings {
        @Override
        public Exchange toComponent(String component, HttpOutgoing request) {
            siblings.add(component + " " + request.pathWithQuery());
            return NetworkHttp.failed(HttpErrorCode.of("destination-unavailable"));
        }

        @Override
        public boolean answers(String component) {
            return component.equals("other");
        }

        @Override
        public Exchange toSelf(HttpOutgoing request) {
            siblings.add("self " + request.pathWithQuery());
            return NetworkHttp.failed(HttpErrorCode.of("destination-unavailable"));
        }
    }
}

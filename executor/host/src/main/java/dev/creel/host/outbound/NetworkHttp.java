package dev.creel.host.outbound;

import dev.creel.wasi.http.BodyPipe;
import dev.creel.wasi.http.HttpErrorCode;
import dev.creel.wasi.http.HttpOutgoing;
import dev.creel.wasi.http.OutgoingHttp.Answer;
import dev.creel.wasi.http.OutgoingHttp.Exchange;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The way to the network, shared by all guests of a node. Names are resolved here, every address is checked, and the connection
 * goes to a checked address, so that a name cannot change its mind in between. Thread-safe; {@link #send} never blocks.
 */
public final class NetworkHttp implements AutoCloseable {
    private final Vertx vertx;
    private final OutboundConfig config;
    private final HttpClientAgent plain;
    private final HttpClientAgent tls;

    /** Opens no connection yet. Blocking name look-ups run on virtual threads. */
    public NetworkHttp(Vertx vertx, OutboundConfig config) {
        this.vertx = vertx;
        this.config = config;
        var pool = new PoolOptions()
                .setHttp1MaxSize(config.connectionsPerHost())
                .setHttp2MaxSize(config.connectionsPerHost())
                .setMaxWaitQueueSize(config.waitingPerHost());
        this.plain = vertx.createHttpClient(options(), pool);
        // Without trust options of ours, TLS trusts what the system's Java trusts, and checks the host's name.
        this.tls = vertx.createHttpClient(
                options()
                        .setSsl(true)
                        .setVerifyHost(true)
                        .setUseAlpn(true)
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1)),
                pool);
    }

    private HttpClientOptions options() {
        return new HttpClientOptions()
                .setMaxHeaderSize(Math.toIntExact(config.headersMax().bytes()))
                .setMaxRedirects(0)
                .setDecompressionSupported(false)
                .setKeepAlive(true)
                .setPipelining(false);
    }

    /** How guests reach the network. */
    public OutboundConfig config() {
        return config;
    }

    /** Sends a request that the application may make; what the operator forbids fails here. */
    Exchange send(HttpOutgoing request, Destination to) {
        var exchange = new NetworkExchange(vertx, config, request, to);
        if (literal(to.host())) {
            // No look-up needed: nothing here waits.
            connect(exchange, to);
        } else {
            Thread.ofVirtual().name("resolve-" + to.host()).start(() -> connect(exchange, to));
        }
        return exchange.asExchange();
    }

    /** A request that failed before it began. */
    static Exchange failed(HttpErrorCode code) {
        var pipe = new BodyPipe(1);
        pipe.source().close();
        return new Exchange(pipe.sink(), CompletableFuture.completedFuture(new Answer.Failed(code)), () -> {});
    }

    private void connect(NetworkExchange exchange, Destination to) {
        try {
            var addresses = new ArrayList<InetAddress>();
            for (var address : InetAddress.getAllByName(to.host())) {
                if (config.allowPrivateNetworks() || !BlockedNetworks.blocks(address)) {
                    addresses.add(address);
                }
            }
            if (addresses.isEmpty()) {
                exchange.fail(HttpErrorCode.of("destination-IP-prohibited"));
            } else {
                exchange.connect(to.tls() ? tls : plain, addresses);
            }
        } catch (UnknownHostException e) {
            exchange.fail(new HttpErrorCode("DNS-error", "address not available"));
        }
    }

    private static boolean literal(String host) {
        return host.indexOf(':') >= 0 || host.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.');
    }

    @Override
    public void close() {
        plain.close();
        tls.close();
    }
}

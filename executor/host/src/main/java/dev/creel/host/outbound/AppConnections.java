package dev.creel.host.outbound;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.TrustOptions;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one application, and its requests under way: no application ever gets a connection that another one has used,
 * whatever a server may have left in it. Thread-safe; the lock guards all state but the permits.
 */
final class AppConnections {
    private final Vertx vertx;
    private final OutboundConfig config;
    private final TrustOptions trust;
    private final Permits requests;
    /** Open, and not about to be closed. */
    private final Set<HttpConnection> kept = Collections.newSetFromMap(new IdentityHashMap<>());

    private @Nullable HttpClientAgent plain;
    private @Nullable HttpClientAgent tls;
    private int users;
    private long usedNanos = System.nanoTime();

    AppConnections(Vertx vertx, OutboundConfig config, TrustOptions trust) {
        this.vertx = vertx;
        this.config = config;
        this.trust = trust;
        this.requests = new Permits(config.requestsPerApp(), config.waitingPerApp());
    }

    /** Its requests on the network. */
    Permits requests() {
        return requests;
    }

    /** Its client with or without TLS; made when first needed. */
    synchronized HttpClientAgent client(boolean secure) {
        if (secure) {
            if (tls == null) {
                tls = build(options()
                        .setSsl(true)
                        .setTrustOptions(trust)
                        .setVerifyHost(true)
                        .setUseAlpn(true)
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1)));
            }
            return tls;
        }
        if (plain == null) {
            plain = build(options());
        }
        return plain;
    }

    private HttpClientOptions options() {
        int idle = Math.toIntExact(Math.max(1, config.idle().toSeconds()));
        return new HttpClientOptions()
                .setMaxHeaderSize(Math.toIntExact(config.headersMax().bytes()))
                .setMaxInitialLineLength(Math.toIntExact(config.headersMax().bytes()))
                .setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()))
                .setMaxRedirects(0)
                .setDecompressionSupported(false)
                .setKeepAlive(true)
                .setKeepAliveTimeout(idle)
                .setHttp2KeepAliveTimeout(idle)
                .setPipelining(false);
    }

    private HttpClientAgent build(HttpClientOptions options) {
        // Who waits for a connection to one host holds a permit of the application, so this queue is bounded already.
        var pool = new PoolOptions()
                .setHttp1MaxSize(config.connectionsPerHost())
                .setHttp2MaxSize(config.connectionsPerHost())
                .setMaxWaitQueueSize(-1);
        return vertx.httpClientBuilder()
                .with(options)
                .with(pool)
                .withConnectHandler(this::opened)
                .build();
    }

    private void opened(HttpConnection connection) {
        synchronized (this) {
            kept.add(connection);
        }
        connection.closeHandler(ignored -> forget(connection));
        // What a server does wrong reaches the guest by its request; it is nothing for the operator's log.
        connection.exceptionHandler(ignored -> {});
    }

    private synchronized boolean forget(HttpConnection connection) {
        return kept.remove(connection);
    }

    /** After a request: one connection too many is closed as soon as nothing is under way on it. */
    void release(HttpConnection connection) {
        boolean tooMany;
        synchronized (this) {
            tooMany = kept.size() > config.connectionsPerApp() && forget(connection);
        }
        if (tooMany) {
            connection.shutdown();
        }
    }

    /** A request begins to use it. */
    synchronized void use() {
        users++;
    }

    /** A request that used it is over. */
    synchronized void done() {
        users--;
        usedNanos = System.nanoTime();
    }

    /** Closes everything, if nothing has been under way for the time that idle connections are kept; whether it did. */
    synchronized boolean closeIfIdle() {
        if (users > 0 || System.nanoTime() - usedNanos < config.idle().toNanos()) {
            return false;
        }
        close();
        return true;
    }

    synchronized void close() {
        if (plain != null) {
            plain.close();
        }
        if (tls != null) {
            tls.close();
        }
    }
}

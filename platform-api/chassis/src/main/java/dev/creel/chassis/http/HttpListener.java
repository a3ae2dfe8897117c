package dev.creel.chassis.http;

import dev.creel.contract.Problem;
import dev.creel.contract.ProblemCode;
import dev.creel.contract.ProblemException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listening HTTP/1.1 server whose handler runs on a virtual thread per request. Thread-safe. Full means 503 at once,
 * never a queue.
 */
public final class HttpListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);

    private final HttpServer server;
    private final ListenerConfig config;
    private final HttpHandler handler;
    /** Guards {@code requestsMax}: taken before a handler's thread starts, given back when it ends. */
    private final AtomicInteger running = new AtomicInteger();

    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    private HttpListener(HttpServer server, ListenerConfig config, HttpHandler handler) {
        this.server = server;
        this.config = config;
        this.handler = handler;
    }

    /**
     * Starts to listen; blocks until the port is bound.
     *
     * @throws IOException naming the address, if it cannot be bound
     */
    public static HttpListener start(Vertx vertx, ListenerConfig config, HttpHandler handler) throws IOException {
        var options = new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setMaxInitialLineLength(Math.toIntExact(config.requestLineMax().bytes()))
                .setMaxHeaderSize(Math.toIntExact(config.headersMax().bytes()))
                .setIdleTimeout(Math.toIntExact(config.idle().toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxChunkSize(64 * 1024)
                .setHttp2ClearTextEnabled(false);
        var listener = new HttpListener(vertx.createHttpServer(options), config, handler);
        listener.server.requestHandler(request -> listener.accept(vertx, request));
        try {
            listener.server.listen().toCompletionStage().toCompletableFuture().get();
            return listener;
        } catch (ExecutionException e) {
            var cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new IOException(
                    "cannot listen on " + config.host() + ":" + config.port() + ": " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting to listen", e);
        }
    }

    /** The bound port. */
    public int port() {
        return server.actualPort();
    }

    /**
     * Stops accepting, waits at most {@code drain} for running requests, interrupts those that are left and closes
     * their connections.
     */
    @Override
    public void close() {
        try {
            server.shutdown(config.drain())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(config.drain().toMillis() + 1000, TimeUnit.MILLISECONDS);
            threads.forEach(Thread::interrupt);
            for (var thread : threads) {
                thread.join(Duration.ofSeconds(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("The listener on port {} did not close in order", port(), e);
        }
    }

    private void accept(Vertx vertx, HttpServerRequest request) {
        var exchange = new HttpExchange(request, vertx.getOrCreateContext(), config);
        if (running.incrementAndGet() > config.requestsMax()) {
            running.decrementAndGet();
            exchange.problem(
                    new Problem(ProblemCode.UNAVAILABLE, "The server is busy; try again in a moment."),
                    HttpFields.of("retry-after", "1"));
            return;
        }
        Thread.ofVirtual().name("http-" + request.method()).start(() -> run(exchange));
    }

    private void run(HttpExchange exchange) {
        threads.add(Thread.currentThread());
        try {
            answer(exchange);
            exchange.finish();
        } catch (Exception e) {
            if (!exchange.clientGone()) {
                LOG.error("{} {} failed in the middle of its answer", exchange.method(), exchange.path(), e);
            }
            exchange.abort();
        } finally {
            threads.remove(Thread.currentThread());
            running.decrementAndGet();
        }
    }

    private void answer(HttpExchange exchange) throws Exception {
        try {
            handler.handle(exchange);
            if (!exchange.answered()) {
                throw new IllegalStateException("the handler gave no answer");
            }
        } catch (ProblemException e) {
            if (exchange.answered()) {
                throw e;
            }
            if (e.problem().code() == ProblemCode.INTERNAL) {
                LOG.error("{} {} failed", exchange.method(), exchange.path(), e);
            }
            exchange.problem(e.problem());
        } catch (Exception e) {
            if (exchange.answered() || exchange.clientGone()) {
                throw e;
            }
            LOG.error("{} {} failed", exchange.method(), exchange.path(), e);
            exchange.problem(
                    new Problem(ProblemCode.INTERNAL, "Something went wrong on the server; its log says what."));
        }
    }
}

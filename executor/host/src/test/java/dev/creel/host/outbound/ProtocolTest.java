package dev.creel.host.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.app.AppId;
import dev.creel.wasi.http.BodySource.Chunk;
import dev.creel.wasi.http.Header;
import dev.creel.wasi.http.HttpOutgoing;
import dev.creel.wasi.http.OutgoingHttp.Exchange;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes over the wire, byte by byte, and what servers say that is not quite a response. */
@Timeout(60)
class ProtocolTest {
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

    private final Vertx vertx = Vertx.vertx();
    private final NetworkHttp network;
    private final AppId app = AppId.random();

    ProtocolTest() throws IOException {
        network = new NetworkHttp(vertx, OutboundConfig.DEFAULTS.withPrivateNetworks(true));
    }

    @AfterEach
    void close() {
        network.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void readsOverInformationalResponses() throws Exception {
        var early = "HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n";
        try (var server = new RawServer("HTTP/1.1 100 Continue\r\n\r\n" + early + early + OK)) {
            for (int i = 0; i < 3; i++) {
                var exchange = send(server, Wire.get("/"));
                assertEquals(200, Wire.response(exchange).status());
                assertEquals("ok", Wire.text(exchange));
            }
            assertEquals(1, server.connections());
        }
    }

    @Test
    void takesNoOtherInformationalResponseForTheAnswer() throws Exception {
        for (var status : List.of("101 Switching Protocols", "102 Processing", "199 Odd")) {
            try (var server = new RawServer("HTTP/1.1 " + status + "\r\n\r\n" + OK)) {
                assertEquals("HTTP-protocol-error", Wire.failure(send(server, Wire.get("/"))), status);
                // The connection is out of step and must not be used again.
                assertEquals("HTTP-protocol-error", Wire.failure(send(server, Wire.get("/"))), status);
                assertEquals(2, server.connections());
            }
        }
    }

    @Test
    void bringsTheTrailersOfAResponse() throws Exception {
        try (var server = new RawServer(lines(
                "HTTP/1.1 200 OK",
                "transfer-encoding: chunked",
                "trailer: x-sum",
                "",
                "4",
                "body",
                "0",
                "x-sum: 17",
                ""))) {
            var body = new ByteArrayOutputStream();
            var end = assertInstanceOf(Chunk.End.class, Wire.last(Wire.response(send(server, Wire.get("/"))), body));
            assertEquals("body", body.toString(StandardCharsets.UTF_8));
            var trailer = end.trailers().orElseThrow().getFirst();
            assertEquals("x-sum", trailer.name());
            assertEquals("17", new String(trailer.value(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void announcesTheLengthOfABodyAndNoneWhereThereIsNoBody() throws Exception {
        try (var server = new RawServer(OK)) {
            assertFalse(head(server, Wire.get("/")).contains("content-length"));
            assertFalse(head(server, Wire.get("/")).contains("transfer-encoding"));
            assertTrue(head(server, Wire.request("POST", "/", List.of(), 0)).contains("\r\ncontent-length: 0\r\n"));
            var body = network.send(app, network.newRun(), Wire.request("PUT", "/", List.of(), 3), destination(server));
            body.body().write("abc".getBytes(StandardCharsets.UTF_8));
            body.body().end(Optional.empty());
            assertEquals("ok", Wire.text(body));
            var head = server.heads().getLast().toLowerCase(Locale.ROOT);
            assertTrue(head.contains("\r\ncontent-length: 3\r\n"), head);
            assertFalse(head.contains("transfer-encoding"), head);
        }
    }

    @Test
    void namesTheHostAndAddsNothingOfItsOwn() throws Exception {
        try (var server = new RawServer(OK)) {
            var mine = new Header("x-mine", "1".getBytes(StandardCharsets.UTF_8));
            assertEquals(
                    "get /a?b=c http/1.1\r\nx-mine: 1\r\nhost: 127.0.0.1:" + server.port() + "\r\n\r\n",
                    head(server, Wire.request("GET", "/a?b=c", List.of(mine), 0)));
        }
    }

    @Test
    void answersOfHeadAndWithoutContentHaveNoBody() throws Exception {
        try (var server = new RawServer("HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n")) {
            var exchange = send(server, Wire.request("HEAD", "/", List.of(), 0));
            assertEquals("", Wire.text(exchange));
            assertEquals(
                    "content-length",
                    Wire.response(exchange).headers().getFirst().name());
        }
        for (var status : List.of("204 No Content", "304 Not Modified")) {
            try (var server = new RawServer("HTTP/1.1 " + status + "\r\n\r\n")) {
                assertEquals("", Wire.text(send(server, Wire.get("/"))));
                assertEquals("", Wire.text(send(server, Wire.get("/"))));
                assertEquals(1, server.connections());
            }
        }
    }

    @Test
    void hidesWhatBelongsToTheConnection() throws Exception {
        try (var server = new RawServer(lines(
                "HTTP/1.1 200 OK",
                "connection: keep-alive",
                "keep-alive: timeout=5",
                "x-kept: yes",
                "content-length: 0",
                ""))) {
            var names = Wire.response(send(server, Wire.get("/"))).headers().stream()
                    .map(Header::name)
                    .toList();
            assertEquals(List.of("x-kept", "content-length"), names);
        }
    }

    @Test
    void tellsWhatIsNoResponse() throws Exception {
        for (var nonsense : List.of("SSH-2.0-OpenSSH\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "\u0000\u0001\r\n\r\n")) {
            try (var server = new RawServer(nonsense)) {
                assertEquals("HTTP-protocol-error", Wire.failure(send(server, Wire.get("/"))), nonsense);
            }
        }
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    private String head(RawServer server, HttpOutgoing request) throws Exception {
        assertEquals("ok", Wire.text(send(server, request)));
        return server.heads().getLast().toLowerCase(Locale.ROOT);
    }

    private Exchange send(RawServer server, HttpOutgoing request) {
        var exchange = network.send(app, network.newRun(), request, destination(server));
        exchange.body().end(Optional.empty());
        return exchange;
    }

    private static Destination destination(RawServer server) {
        return new Destination(false, "127.0.0.1", server.port());
    }
}

package dev.creel.host.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.chassis.trailer.RequestTrailers;
import dev.creel.contract.app.AppId;
import dev.creel.wasi.http.Header;
import dev.creel.wasi.http.HttpOutgoing;
import dev.creel.wasi.http.OutgoingHttp.Exchange;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS to a server whose certificate only the operator's own roots vouch for. */
@Timeout(120)
class TlsTest {
    private static final String PASSWORD = "of-this-test";

    @TempDir
    static Path folder;

    private static final Vertx VERTX = Vertx.vertx();
    private static int port;
    private static int oldPort;

    @BeforeAll
    static void serve() throws Exception {
        keytool("-genkeypair", "-alias", "one", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost");
        keytool(
                "-exportcert",
                "-alias",
                "one",
                "-rfc",
                "-file",
                folder.resolve("roots.pem").toString());
        port = listen(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1));
        oldPort = listen(List.of(HttpVersion.HTTP_1_1));
    }

    private static int listen(List<HttpVersion> versions) throws Exception {
        var options = new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setAlpnVersions(versions)
                .setKeyCertOptions(new PfxOptions()
                        .setPath(folder.resolve("keys.p12").toString())
                        .setPassword(PASSWORD));
        return VERTX.createHttpServer(options)
                .connectionHandler(RequestTrailers::keep)
                .requestHandler(http -> http.endHandler(ignored ->
                        http.response().end(http.version() + " " + http.authority() + " " + RequestTrailers.of(http))))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .actualPort();
    }

    @AfterAll
    static void stop() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void trustsTheRootsOfTheOperatorAndNegotiatesTheVersion() throws Exception {
        try (var network = new NetworkHttp(VERTX, config(Optional.of(folder.resolve("roots.pem"))))) {
            assertEquals("HTTP_2 localhost:" + port + " ", Wire.text(send(network, "localhost", port)));
            assertEquals("HTTP_1_1 localhost:" + oldPort + " ", Wire.text(send(network, "localhost", oldPort)));
        }
    }

    @Test
    void sendsTrailersThatWereAnnouncedByTheProtocolThatCan() throws Exception {
        var line = new Header("x-sum", "7".getBytes(StandardCharsets.UTF_8));
        var announced = new Header("trailer", line.name().getBytes(StandardCharsets.UTF_8));
        try (var network = new NetworkHttp(VERTX, config(Optional.of(folder.resolve("roots.pem"))))) {
            for (boolean announces : new boolean[] {true, false}) {
                var request = new HttpOutgoing(
                        "POST",
                        Optional.of("https"),
                        Optional.of("localhost"),
                        "/",
                        announces ? List.of(announced) : List.of(),
                        -1,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
                var exchange = network.send(
                        AppId.random(), network.newRun(), request, new Destination(true, "localhost", port));
                exchange.body().end(Optional.of(List.of(line)));
                assertEquals(
                        announces ? "HTTP_1_1 localhost:" + port + " x-sum=7\n" : "HTTP_2 localhost:" + port + " ",
                        Wire.text(exchange));
            }
        }
    }

    @Test
    void trustsNobodyElse() throws Exception {
        try (var network = new NetworkHttp(VERTX, config(Optional.empty()))) {
            assertEquals("TLS-protocol-error", Wire.failure(send(network, "localhost", port)));
        }
    }

    @Test
    void refusesACertificateOfAnotherName() throws Exception {
        try (var network = new NetworkHttp(VERTX, config(Optional.of(folder.resolve("roots.pem"))))) {
            assertEquals("TLS-protocol-error", Wire.failure(send(network, "127.0.0.1", port)));
        }
    }

    @Test
    void keepsTheRootsOfJavaBesideThem() throws Exception {
        var all = (javax.net.ssl.X509TrustManager) TrustedRoots.with(Optional.of(folder.resolve("roots.pem")));
        var javas = (javax.net.ssl.X509TrustManager) TrustedRoots.with(Optional.empty());
        assertEquals(javas.getAcceptedIssuers().length + 1, all.getAcceptedIssuers().length);
        assertTrue(Arrays.asList(all.getAcceptedIssuers()).containsAll(List.of(javas.getAcceptedIssuers())));
    }

    @Test
    void namesAFileOfRootsThatCannotBeUsed() throws Exception {
        var none = folder.resolve("none.pem");
        assertRefused(none, "there is no file of trusted roots " + none);
        var empty = Files.writeString(folder.resolve("empty.pem"), "");
        assertRefused(empty, "the file of trusted roots " + empty + " has no certificate in it");
        var nonsense = Files.writeString(folder.resolve("nonsense.pem"), "-----BEGIN CERTIFICATE-----\nxx\n");
        assertRefused(nonsense, "the file of trusted roots " + nonsense + " cannot be used");
    }

    private static void assertRefused(Path roots, String message) {
        var failure = assertThrows(IOException.class, () -> new NetworkHttp(VERTX, config(Optional.of(roots))));
        assertTrue(String.valueOf(failure.getMessage()).startsWith(message), failure.getMessage());
    }

    private static Exchange send(NetworkHttp network, String host, int port) {
        var exchange = network.send(AppId.random(), network.newRun(), Wire.get("/"), new Destination(true, host, port));
        exchange.body().end(Optional.empty());
        return exchange;
    }

    private static OutboundConfig config(Optional<Path> roots) {
        var standard = OutboundConfig.DEFAULTS;
        return new OutboundConfig(
                true,
                roots,
                standard.connectTimeout(),
                standard.firstByteTimeout(),
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
    }

    private static void keytool(String... args) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(args));
        command.addAll(List.of(
                "-keystore", folder.resolve("keys.p12").toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }
}

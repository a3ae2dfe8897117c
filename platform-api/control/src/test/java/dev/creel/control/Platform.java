package dev.creel.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.chassis.json.Json;
import dev.creel.contract.ByteSize;
import dev.creel.contract.app.AppId;
import dev.creel.contract.app.RevisionId;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.artifact.RepositoryName;
import dev.creel.contract.board.Desired;
import dev.creel.contract.board.DesiredApp;
import dev.creel.contract.board.Endpoint;
import dev.creel.contract.board.MemoryBoard;
import dev.creel.contract.board.Route;
import dev.creel.contract.board.Routes;
import dev.creel.contract.logs.MemoryGuestLogs;
import dev.creel.control.account.Accounts;
import dev.creel.control.database.Database;
import dev.creel.control.database.DatabaseConfig;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A running control plane on a database of its own, two tenants, and what tests ask it. */
final class Platform implements AutoCloseable {
    static final String KEY = "the platform's key";

    private static final Duration SOON = Duration.ofSeconds(20);

    final Vertx vertx = Vertx.vertx();
    final HttpClient client = HttpClient.newHttpClient();
    final MemoryBoard board = new MemoryBoard();
    final MemoryGuestLogs logs = new MemoryGuestLogs(ByteSize.ofKiB(64), Clock.systemUTC());
    final PushedArtifacts artifacts;
    final Database database;
    final Accounts accounts;
    final TenantId tenant;
    final String token;
    final String otherToken;
    private final ControlServer server;

    Platform(DatabaseConfig config, PushedArtifacts artifacts, ControlConfig control) throws IOException {
        this.artifacts = artifacts;
        this.database = Database.open(config);
        this.accounts = new Accounts(database, InstantSource.system());
        accounts.ensureOwner();
        this.token = accounts.issueOwnerToken("test");
        this.tenant = accounts.tenant(token).orElseThrow();
        this.otherToken = accounts.issueToken(accounts.ensureTenant("other"), "test");
        this.server = ControlServer.start(
                vertx, control, database, accounts, artifacts, board, logs, InstantSource.system(), KEY);
    }

    static Platform start() throws IOException {
        return new Platform(Postgres.fresh(), new PushedArtifacts(), ControlConfig.DEFAULTS);
    }

    @Override
    public void close() {
        client.close();
        server.close();
        database.close();
        vertx.close();
    }

    record Answer(int status, String body) {
        @SuppressWarnings("unchecked")
        Map<String, Object> object() {
            return Json.read(body.getBytes(UTF_8), Map.class);
        }

        @SuppressWarnings("unchecked")
        List<Map<String, Object>> items() {
            return (List<Map<String, Object>>) object().get("items");
        }

        String detail() {
            return String.valueOf(object().get("detail"));
        }

        Answer expect(int expected) {
            assertEquals(expected, status, body);
            return this;
        }
    }

    Answer get(String path) throws Exception {
        return send("GET", path, null, token);
    }

    Answer post(String path, String body) throws Exception {
        return send("POST", path, body, token);
    }

    Answer delete(String path) throws Exception {
        return send("DELETE", path, null, token);
    }

    Answer send(String method, String path, String body, String bearer) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(SOON)
                .header("accept", "application/json")
                .header("content-type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (bearer != null) {
            request.header("authorization", "Bearer " + bearer);
        }
        var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), answer.body());
    }

    AppId createApp(String name) throws Exception {
        return createApp(name, token);
    }

    AppId createApp(String name, String bearer) throws Exception {
        var body = "{\"name\":\"%s\",\"storageId\":\"oci://%s\"}".formatted(name, name);
        var answer = send("POST", "/api/apps", body, bearer).expect(200);
        assertTrue(answer.body().matches("\"[0-9a-f-]{36}\""), answer.body());
        return AppId.parse(answer.body().replace("\"", ""));
    }

    RepositoryName repository(String path) {
        return new RepositoryName(tenant, path);
    }

    Answer register(String name, String version) throws Exception {
        return post(
                "/api/revisions", "{\"appStorageId\":\"oci://%s\",\"revisionNumber\":\"%s\"}".formatted(name, version));
    }

    /** Pushes other bytes and deploys them. */
    Digest deploy(String name, String version, String wasm) throws Exception {
        var digest = artifacts.pushApp(repository(name), version, wasm.getBytes(UTF_8));
        register(name, version).expect(200);
        return digest;
    }

    /** Waits until the board wants this of the app. */
    DesiredApp awaitDesired(AppId app, Predicate<DesiredApp> condition) throws InterruptedException {
        var all = awaitDesired(desired ->
                desired.apps().containsKey(app) && condition.test(desired.apps().get(app)));
        return all.apps().get(app);
    }

    Desired awaitDesired(Predicate<Desired> condition) throws InterruptedException {
        long deadline = System.nanoTime() + SOON.toNanos();
        var image = board.desired().current();
        while (!condition.test(image.value())) {
            assertTrue(
                    System.nanoTime() < deadline,
                    () -> "the board should want something else than "
                            + board.desired().current());
            image = board.desired().awaitNewer(image.version(), Duration.ofSeconds(1));
        }
        return image.value();
    }

    /** Plays the scheduler: the wanted revision of this app serves. */
    void serveWanted(DesiredApp app) {
        serve(app, app.wanted().id(), app.wanted().manifest());
    }

    void serve(DesiredApp app, RevisionId revision, Digest manifest) {
        var route = new Route(app.app(), app.tenant(), revision, manifest, List.of(new Endpoint("127.0.0.1", 1)));
        board.routes()
                .publish(new Routes(
                        Map.of(app.host(), route),
                        Set.of(),
                        board.routes().current().value().refused()));
    }

    /** Plays the scheduler: whatever serves, a node has this to say of a revision. */
    void note(RevisionId revision, String note) {
        var now = board.routes().current().value();
        board.routes().publish(new Routes(now.byHost(), now.waiting(), now.refused(), Map.of(revision, note)));
    }

    /** Plays the scheduler: every node refused. */
    void refuse(RevisionId revision, String reason) {
        board.routes()
                .publish(new Routes(board.routes().current().value().byHost(), Set.of(), Map.of(revision, reason)));
    }

    /** Waits until the API says this of the app. */
    Map<String, Object> awaitState(AppId app, String state) throws Exception {
        return await(app, item -> state.equals(item.get("state")));
    }

    Map<String, Object> await(AppId app, Predicate<Map<String, Object>> condition) throws Exception {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (true) {
            var item = get("/api/apps/" + app).expect(200).object();
            if (condition.test(item)) {
                return item;
            }
            assertTrue(System.nanoTime() < deadline, () -> "the app should be otherwise: " + item);
        }
    }
}

package dev.creel.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.app.AppId;
import dev.creel.contract.app.HostName;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.board.DesiredApp;
import dev.creel.contract.logs.GuestLine;
import dev.creel.control.account.Accounts;
import dev.creel.control.app.AppAddresses;
import dev.creel.control.database.Database;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlServerTest {
    private Platform platform;

    @BeforeEach
    void start() throws Exception {
        platform = Platform.start();
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void refusesWhoShowsNoKnownToken() throws Exception {
        for (var token : new String[] {null, "", "wrong", "x".repeat(43), platform.token + "x"}) {
            var refused =
                    platform.send("GET", "/api/apps?pageSize=1", null, token).expect(401);
            assertTrue(refused.detail().contains("log in"), refused.body());
        }
        platform.get("/api/apps?pageSize=1").expect(200);
    }

    @Test
    void makesTheOwnerOnceWithATokenThatTheRegistryClientCanUse() {
        var fresh = Postgres.fresh();
        try (var database = Database.open(fresh)) {
            var accounts = new Accounts(database, InstantSource.system());
            var token = accounts.ensureOwner().orElseThrow();
            assertTrue(token.matches("[A-Za-z0-9_-]{43}"), token);
            assertTrue(accounts.tenant(token).isPresent());
            assertTrue(accounts.ensureOwner().isEmpty());
            assertTrue(accounts.tenant(token).isPresent());
            assertTrue(accounts.tenant(accounts.issueOwnerToken("another")).isPresent());
        }
    }

    @Test
    void showsAnEmptyPage() throws Exception {
        assertEquals(
                "{\"items\":[],\"totalItems\":0,\"pageIndex\":0,\"pageSize\":50,\"isLastPage\":true}",
                platform.get("/api/apps?pageSize=50").expect(200).body());
    }

    @Test
    void makesShowsAndDeletesAnApp() throws Exception {
        var id = platform.createApp("hello");

        var item = platform.get("/api/apps/" + id).expect(200).object();
        assertEquals(id.toString(), item.get("id"));
        assertEquals("hello", item.get("name"));
        assertEquals("oci://hello", item.get("storageId"));
        assertEquals("hello.apps.localhost:8080", item.get("subdomain"));
        assertEquals("hello.apps.localhost", item.get("host"));
        assertEquals("http://hello.apps.localhost:8080/", item.get("url"));
        assertEquals("deploying", item.get("state"));
        assertEquals(List.of(), item.get("channels"));
        for (var time : List.of("created", "lastModified")) {
            OffsetDateTime.parse((String) item.get(time));
        }
        assertFalse(item.containsKey("healthStatus"), "an app without a revision has no health");
        assertEquals(List.of(item), platform.get("/api/apps?pageSize=50").items());

        platform.delete("/api/apps/" + id).expect(200);
        platform.get("/api/apps/" + id).expect(404);
        platform.delete("/api/apps/" + id).expect(404);
        platform.createApp("hello");
    }

    @Test
    void refusesASecondAppWithTheSameNameWithAWayOut() throws Exception {
        platform.createApp("hello");
        var refused = platform.post("/api/apps", "{\"name\":\"hello\",\"storageId\":\"oci://hello\"}")
                .expect(409);
        assertTrue(refused.detail().contains("'hello' already exists"), refused.body());
    }

    @Test
    void givesAnAppAnotherHostWhereTheNameIsTaken() throws Exception {
        var first = platform.createApp("hello");
        var second = platform.createApp("hello", platform.otherToken);

        var host = platform.send("GET", "/api/apps/" + second, null, platform.otherToken)
                .object()
                .get("host");
        assertTrue(host.toString().matches("hello-[a-z0-9]{5}\\.apps\\.localhost"), host.toString());
        assertEquals(
                "hello.apps.localhost",
                platform.get("/api/apps/" + first).object().get("host"));
    }

    @Test
    void makesAHostOfAnyName() throws Exception {
        var hosts = Map.of(
                "Grüße_Welt",
                "gr-e-welt.apps.localhost",
                "_",
                "app.apps.localhost",
                "a".repeat(100),
                "a".repeat(50) + ".apps.localhost",
                "a..b",
                "a-b.apps.localhost");
        for (var entry : hosts.entrySet()) {
            var body = "{\"name\":\"%s\",\"storageId\":\"oci://r%d\"}"
                    .formatted(entry.getKey(), entry.getKey().hashCode() & 0xffff);
            var id = platform.post("/api/apps", body).expect(200).body().replace("\"", "");
            assertEquals(
                    entry.getValue(), platform.get("/api/apps/" + id).object().get("host"));
        }
    }

    @Test
    void refusesNamesAndBodiesThatMakeNoSense() throws Exception {
        for (var body : List.of(
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"name\":\"x\"}",
                "{\"name\":\"\",\"storageId\":\"oci://x\"}",
                "{\"name\":\"a b\",\"storageId\":\"oci://x\"}",
                "{\"name\":\"../x\",\"storageId\":\"oci://x\"}",
                "{\"name\":\"x\",\"storageId\":\"x\"}",
                "{\"name\":\"x\",\"storageId\":\"oci://../x\"}",
                "{\"name\":\"x\\u0000\",\"storageId\":\"oci://x\"}",
                "{\"name\":\"" + "x".repeat(129) + "\",\"storageId\":\"oci://x\"}")) {
            var refused = platform.post("/api/apps", body).expect(400);
            assertTrue(refused.detail().length() > 10, refused.body());
        }
        platform.get("/api/apps/nonsense").expect(400);
        platform.get("/api/nonsense").expect(404);
        platform.get("/api/apps?sortBy=Colour").expect(400);
        platform.get("/api/apps?pageSize=many").expect(400);
        platform.get("/api/apps?exactMatch=perhaps").expect(400);
    }

    @Test
    void findsSortsAndPages() throws Exception {
        for (var name : List.of("bear", "ant", "cat", "antelope")) {
            platform.createApp(name);
        }
        assertEquals(List.of("ant", "antelope", "bear", "cat"), names("/api/apps"));
        assertEquals(List.of("cat", "bear", "antelope", "ant"), names("/api/apps?IsSortedAscending=false"));
        assertEquals(List.of("bear", "ant", "cat", "antelope"), names("/api/apps?sortBy=Created"));
        assertEquals(List.of("ant", "antelope"), names("/api/apps?searchText=ANT"));
        assertEquals(List.of("ant"), names("/api/apps?searchText=ant&exactMatch=true"));
        assertEquals(List.of(), names("/api/apps?searchText=%25"));
        assertEquals(List.of("ant"), names("/api/apps?pageSize=1"));
        assertEquals(List.of("bear"), names("/api/apps?pageIndex=1&pageSize=2").subList(0, 1));
        var page = platform.get("/api/apps?pageIndex=0&pageSize=3").object();
        assertEquals(
                List.of(4, 0, 3, false),
                List.of(page.get("totalItems"), page.get("pageIndex"), page.get("pageSize"), page.get("isLastPage")));
        assertEquals(
                true, platform.get("/api/apps?pageIndex=1&pageSize=3").object().get("isLastPage"));
        assertEquals(List.of(), names("/api/apps?pageIndex=9&pageSize=3"));
    }

    @Test
    void showsTheClientAllAppsInThePageThatItLooksAt() throws Exception {
        for (int i = 0; i < 60; i++) {
            platform.createApp("app" + i);
        }
        var page = platform.get("/api/apps?pageSize=50").object();
        assertEquals(60, ((List<?>) page.get("items")).size());
        assertEquals(true, page.get("isLastPage"));
        assertEquals(
                50, platform.get("/api/apps?pageIndex=0&pageSize=50").items().size());
    }

    @Test
    void hidesAnAppFromOtherTenants() throws Exception {
        var id = platform.createApp("hello");
        var other = platform.otherToken;
        var variable = "{\"appId\":\"" + id + "\",\"variable\":\"v\",\"value\":\"w\"}";

        platform.send("GET", "/api/apps/" + id, null, other).expect(404);
        platform.send("DELETE", "/api/apps/" + id, null, other).expect(404);
        platform.send("GET", "/api/apps/" + id + "/logs/raw", null, other).expect(404);
        platform.send("GET", "/api/apps/" + id + "/logs", null, other).expect(404);
        platform.send("GET", "/api/variable-pairs", variable, other).expect(404);
        platform.send("POST", "/api/variable-pairs", variable, other).expect(404);
        platform.send("DELETE", "/api/variable-pairs", variable, other).expect(404);
        platform.send("POST", "/api/revisions", "{\"appStorageId\":\"oci://hello\",\"revisionNumber\":\"1\"}", other)
                .expect(404);
        assertEquals(List.of(), platform.send("GET", "/api/apps", null, other).items());
        assertEquals(
                List.of(), platform.send("GET", "/api/revisions", null, other).items());
        platform.get("/api/apps/" + id).expect(200);
    }

    @Test
    void wantsWhatWasDeployedUntilItIsDeleted() throws Exception {
        var id = platform.createApp("hello");
        var manifest = platform.deploy("hello", "0.1.0", "one");

        var wanted = platform.awaitDesired(id, app -> true);
        assertEquals(manifest, wanted.wanted().manifest());
        assertEquals("0.1.0", wanted.wanted().version());
        assertEquals(platform.repository("hello"), wanted.wanted().repository());
        assertEquals(new HostName("hello.apps.localhost"), wanted.host());
        assertEquals(platform.tenant, wanted.tenant());
        assertTrue(wanted.serving().isEmpty());
        var item = platform.get("/api/apps/" + id).object();
        assertEquals("0.1.0", item.get("latestRevision"));
        assertEquals("Says hello", item.get("description"));
        assertEquals("deploying", item.get("state"));

        platform.delete("/api/apps/" + id).expect(200);
        platform.awaitDesired(desired -> desired.apps().isEmpty());
    }

    @Test
    void wantsTheOtherAppsAsTheyWereWhenOneIsChanged() throws Exception {
        var kept = platform.createApp("kept");
        platform.deploy("kept", "1.0.0", "kept");
        var changed = platform.createApp("changed");
        platform.deploy("changed", "1.0.0", "one");
        var before = platform.awaitDesired(desired -> desired.apps().size() == 2)
                .apps()
                .get(kept);
        var newest = platform.deploy("changed", "2.0.0", "two");
        platform.awaitDesired(changed, app -> app.wanted().manifest().equals(newest));
        platform.delete("/api/apps/" + changed).expect(200);
        var after = platform.awaitDesired(desired -> desired.apps().size() == 1);
        assertEquals(before, after.apps().get(kept));
    }

    @Test
    void tellsHowARevisionFares() throws Exception {
        var id = platform.createApp("hello");
        platform.deploy("hello", "1", "one");
        var first = platform.awaitDesired(id, app -> true);
        platform.serveWanted(first);
        assertEquals("Healthy", platform.awaitState(id, "ready").get("healthStatus"));

        platform.deploy("hello", "2", "two");
        var second = platform.awaitDesired(id, app -> app.wanted().version().equals("2"));
        assertEquals(first.wanted(), second.serving().orElseThrow());
        platform.awaitState(id, "deploying");
        platform.refuse(second.wanted().id(), "It imports 'x:y/z', which is unknown.");
        var degraded = platform.awaitState(id, "degraded");
        assertEquals("It imports 'x:y/z', which is unknown.", degraded.get("reason"));
        assertEquals("Degraded", degraded.get("healthStatus"));
        assertEquals(
                first.wanted(), platform.awaitDesired(id, app -> true).serving().orElseThrow());

        platform.deploy("hello", "3", "three");
        var third = platform.awaitDesired(id, app -> app.wanted().version().equals("3"));
        assertEquals(first.wanted(), third.serving().orElseThrow());
        platform.serveWanted(third);
        assertFalse(platform.awaitState(id, "ready").containsKey("reason"));
        platform.awaitDesired(id, app -> app.serving().isEmpty());
        assertEquals(
                List.of("3 ready", "2 failed", "1 ready"),
                platform.get("/api/revisions").items().stream()
                        .map(r -> r.get("revisionNumber") + " " + r.get("state"))
                        .toList());
    }

    @Test
    void tellsWhatThereIsToKnowOfARevisionThatRuns() throws Exception {
        var id = platform.createApp("hello");
        platform.deploy("hello", "1", "one");
        var app = platform.awaitDesired(id, a -> true);
        platform.serveWanted(app);
        assertFalse(platform.awaitState(id, "ready").containsKey("reason"));
        platform.note(app.wanted().id(), "component \"a\" runs slowly");
        platform.await(id, item -> "component \"a\" runs slowly".equals(item.get("reason")));
        assertEquals("ready", platform.awaitState(id, "ready").get("state"));
        platform.serveWanted(app);
        platform.await(id, item -> !item.containsKey("reason"));
    }

    @Test
    void callsAnAppFailedWhoseFirstRevisionCannotRun() throws Exception {
        var id = platform.createApp("hello");
        platform.deploy("hello", "1", "one");
        var app = platform.awaitDesired(id, a -> true);
        platform.refuse(app.wanted().id(), "Not Wasm.");

        var failed = platform.awaitState(id, "failed");
        assertEquals("Not Wasm.", failed.get("reason"));
        assertEquals("Unhealthy", failed.get("healthStatus"));

        platform.register("hello", "1").expect(200);
        platform.awaitDesired(id, a -> !a.wanted().id().equals(app.wanted().id()));
        platform.awaitState(id, "deploying");
    }

    @Test
    void takesTheSameRevisionAgainAndFollowsTheTag() throws Exception {
        var id = platform.createApp("hello");
        platform.deploy("hello", "0.1.0", "one");
        var first = platform.awaitDesired(id, app -> true).wanted();

        platform.register("hello", "0.1.0").expect(200);
        var manifest = platform.deploy("hello", "0.1.0", "two");

        var second = platform.awaitDesired(id, app -> app.wanted().manifest().equals(manifest))
                .wanted();
        assertNotEquals(first.id(), second.id());
        assertEquals(2, platform.get("/api/revisions").items().size());
    }

    @Test
    void refusesARevisionThatCannotRunAndKeepsTheOneBefore() throws Exception {
        var id = platform.createApp("hello");
        platform.deploy("hello", "1", "one");
        var before = platform.awaitDesired(id, app -> true);
        var hello = platform.repository("hello");
        var artifacts = platform.artifacts;
        var wasm = "x".getBytes(UTF_8);
        var digest = Digest.of(wasm);
        var locked = PushedArtifacts.lockedApp("http", digest);

        assertTrue(platform.register("hello", "never").expect(404).detail().contains("push it first"));
        platform.register("unknown", "1").expect(404);

        artifacts.push(hello, "a", locked);
        assertTrue(platform.register("hello", "a").expect(422).detail().contains(digest.toString()));

        artifacts.push(hello, "b", locked, wasm);
        artifacts.remove(hello, digest);
        assertTrue(platform.register("hello", "b").expect(422).detail().contains(digest.toString()));

        artifacts.push(hello, "c", PushedArtifacts.lockedApp("redis", digest), wasm);
        assertTrue(platform.register("hello", "c").expect(422).detail().contains("redis"));

        artifacts.push(hello, "d", locked.replaceFirst("\\{", "{\"must_understand\":[\"time_travel\"],"), wasm);
        assertTrue(platform.register("hello", "d").expect(422).detail().contains("time_travel"));

        artifacts.push(hello, "e", "{", wasm);
        platform.register("hello", "e").expect(422);

        artifacts.putManifest(hello, "f", "{\"schemaVersion\":2".getBytes(UTF_8));
        platform.register("hello", "f").expect(400);

        artifacts.push(hello, "g", locked + " ".repeat(9 * 1024 * 1024), wasm);
        platform.register("hello", "g").expect(413);

        var forged = artifacts.push(hello, "h", locked, wasm);
        artifacts.replace(hello, forged, "{}".getBytes(UTF_8));
        platform.register("hello", "h").expect(500);

        assertEquals(before, platform.board.desired().current().value().apps().get(id));
        assertEquals(1, platform.get("/api/revisions").items().size());
    }

    @Test
    void letsTheLastOfManyDeploysStandForTheLastPush() throws Exception {
        var id = platform.createApp("hello");
        List<Callable<Platform.Answer>> deploys = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            var wasm = ("wasm " + i).getBytes(UTF_8);
            deploys.add(() -> {
                platform.artifacts.pushApp(platform.repository("hello"), "0.1.0", wasm);
                return platform.register("hello", "0.1.0");
            });
        }
        try (var threads = Executors.newFixedThreadPool(6)) {
            for (var answer : threads.invokeAll(deploys)) {
                answer.get().expect(200);
            }
        }
        var last = platform.artifacts
                .manifest(platform.repository("hello"), "0.1.0")
                .orElseThrow();
        platform.awaitDesired(id, app -> app.wanted().manifest().equals(last));
    }

    @Test
    void makesAnAppOnceWhenManyAskAtOnce() throws Exception {
        List<Callable<Platform.Answer>> creations = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            creations.add(() -> platform.post("/api/apps", "{\"name\":\"hello\",\"storageId\":\"oci://hello\"}"));
        }
        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var answer : threads.invokeAll(creations)) {
                statuses.add(answer.get().status());
            }
        }
        assertEquals(1, statuses.stream().filter(s -> s == 200).count(), statuses.toString());
        assertEquals(Set.of(200, 409), Set.copyOf(statuses));
    }

    @Test
    void setsVariablesThatReachTheBoardAndNoClient() throws Exception {
        var id = platform.createApp("hello");
        var pair = "{\"appId\":\"" + id + "\",\"variable\":\"%s\",\"value\":\"%s\"}";
        platform.post("/api/variable-pairs", pair.formatted("greeting", "Hi")).expect(200);
        platform.deploy("hello", "1", "one");
        platform.post("/api/variable-pairs", pair.formatted("api_key", "s3cret"))
                .expect(200);
        platform.post("/api/variable-pairs", pair.formatted("greeting", "Ho")).expect(200);

        platform.awaitDesired(id, app -> app.variables().equals(Map.of("greeting", "Ho", "api_key", "s3cret")));
        var list = platform.send("GET", "/api/variable-pairs", "{\"appId\":\"" + id + "\"}", platform.token);
        assertEquals("{\"vars\":[\"{\\\"key\\\":\\\"api_key\\\"}\",\"{\\\"key\\\":\\\"greeting\\\"}\"]}", list.body());

        var one = "{\"appId\":\"" + id + "\",\"variable\":\"greeting\"}";
        platform.send("DELETE", "/api/variable-pairs", one, platform.token).expect(200);
        platform.send("DELETE", "/api/variable-pairs", one, platform.token).expect(200);
        platform.awaitDesired(id, app -> app.variables().equals(Map.of("api_key", "s3cret")));
        for (var bad : List.of("A", "1x", "a-b", "", "a__b", "x\\u0000")) {
            platform.post("/api/variable-pairs", pair.formatted(bad, "x")).expect(400);
        }
        platform.post("/api/variable-pairs", pair.formatted("nul", "\\u0000")).expect(400);
        platform.post("/api/variable-pairs", pair.formatted("large", "x".repeat(64 * 1024 + 1)))
                .expect(413);
        platform.post("/api/variable-pairs", pair.formatted("huge", "x".repeat(1024 * 1024 + 1)))
                .expect(413);
        platform.post("/api/variable-pairs", pair.formatted("empty", "")).expect(200);
    }

    @Test
    void showsLogsNewestEntryFirstAndGoesOnAfterATime() throws Exception {
        var id = platform.createApp("hello");
        platform.logs.append(id, "api", GuestLine.Source.STDOUT, "first");
        platform.logs.append(id, "api", GuestLine.Source.STDERR, "second");
        platform.logs.append(id, "web", GuestLine.Source.STDOUT, "third");

        var since = URLEncoder.encode("2025-08-01T10:00:00.123456789+00:00", UTF_8);
        var entries = entries("/api/apps/" + id + "/logs/raw?max=10&since=" + since);
        assertEquals(List.of("third"), lines(entries.get(0)));
        assertEquals(List.of("first", "second"), lines(entries.get(1)));
        assertEquals(
                Map.of("appId", id.toString(), "componentId", "web"),
                entries.get(0).get("meta"));
        var last = (Map<?, ?>) ((List<?>) entries.get(0).get("logLines")).getFirst();
        assertEquals("stdout", last.get("source"));

        var after = "/api/apps/" + id + "/logs/raw?since=" + last.get("time");
        assertEquals("{\"entries\":[]}", platform.get(after).expect(200).body());
        platform.logs.append(id, "web", GuestLine.Source.STDOUT, "fourth");
        assertEquals(List.of("fourth"), lines(entries(after).getFirst()));
        assertEquals(
                List.of("fourth"),
                lines(entries("/api/apps/" + id + "/logs/raw?max=1").getFirst()));
        assertEquals(
                "{\"logs\":[\"third\",\"fourth\"]}",
                platform.get("/api/apps/" + id + "/logs?max=2").body());
        platform.get("/api/apps/" + id + "/logs/raw?since=yesterday").expect(400);
        platform.get("/api/apps/" + id + "/logs/raw?max=all").expect(400);

        platform.delete("/api/apps/" + id).expect(200);
        assertEquals(List.of(), platform.logs.read(id, Instant.EPOCH, 10));
    }

    @Test
    void saysWhatIsNotOffered() throws Exception {
        platform.send("POST", "/api/device-codes", "{\"clientId\":\"x\"}", "").expect(501);
        platform.send("POST", "/api/auth-tokens", "{}", null).expect(501);
        for (var path : List.of("/api/key-value-pairs", "/api/key-value-stores/a", "/api/sql-databases/create")) {
            assertTrue(platform.post(path, "{}").expect(501).detail().contains("not offer"));
        }
    }

    @Test
    void keepsAllAcrossARestart() throws Exception {
        var fresh = Postgres.fresh();
        var artifacts = new PushedArtifacts();
        String token;
        AppId id;
        DesiredApp before;
        try (var first = new Platform(fresh, artifacts, ControlConfig.DEFAULTS)) {
            token = first.token;
            id = first.createApp("hello");
            first.deploy("hello", "1", "one");
            first.serveWanted(first.awaitDesired(id, app -> true));
            first.awaitState(id, "ready");
            first.deploy("hello", "2", "two");
            first.post("/api/variable-pairs", "{\"appId\":\"" + id + "\",\"variable\":\"v\",\"value\":\"w\"}")
                    .expect(200);
            before = first.awaitDesired(
                    id,
                    app -> app.wanted().version().equals("2")
                            && !app.variables().isEmpty());
        }
        var elsewhere = ControlConfig.DEFAULTS.with(new AppAddresses(new HostName("apps.localhost"), 443, "https"));
        try (var second = new Platform(fresh, artifacts, elsewhere)) {
            assertEquals(before, second.awaitDesired(id, app -> true));
            var item = second.send("GET", "/api/apps/" + id, null, token)
                    .expect(200)
                    .object();
            assertEquals("2", item.get("latestRevision"));
            assertEquals("hello.apps.localhost", item.get("subdomain"));
            assertEquals("https://hello.apps.localhost/", item.get("url"));
        }
    }

    @Test
    void forgetsOldRevisionsButNotTheOneThatServes() throws Exception {
        var id = platform.createApp("hello");
        platform.deploy("hello", "serving", "one");
        var serving = platform.awaitDesired(id, app -> true);
        platform.serveWanted(serving);
        platform.awaitState(id, "ready");
        for (int i = 0; i < 55; i++) {
            platform.deploy("hello", "v" + i, "wasm " + i);
        }
        var revisions = platform.get("/api/revisions?pageSize=100").items();
        assertEquals(51, revisions.size());
        assertEquals("v54", revisions.getFirst().get("revisionNumber"));
        assertEquals("serving", revisions.getLast().get("revisionNumber"));
        assertEquals(
                serving.wanted(),
                platform.awaitDesired(id, app -> app.wanted().version().equals("v54"))
                        .serving()
                        .orElseThrow());
        assertEquals(1, platform.get("/api/revisions?searchText=v54").items().size());
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> entries(String path) throws Exception {
        return (List<Map<String, Object>>)
                platform.get(path).expect(200).object().get("entries");
    }

    private static List<?> lines(Map<String, Object> entry) {
        return ((List<?>) entry.get("logLines"))
                .stream().map(line -> ((Map<?, ?>) line).get("line")).toList();
    }

    private List<Object> names(String path) throws Exception {
        return platform.get(path).expect(200).items().stream()
                .map(item -> item.get("name"))
                .toList();
    }
}

package dev.creel.cli.api;

import dev.creel.chassis.http.HttpFields;
import dev.creel.chassis.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The platform's REST API, as the {@code spin} client speaks it (reference spin-deploy §3, §10, §11). Blocks. */
public final class ApiClient {
    private final PlatformHttp http;
    private final String token;

    /** Asks {@code http} with {@code token}. */
    public ApiClient(PlatformHttp http, String token) {
        this.http = http;
        this.token = token;
    }

    /** All applications, every page. */
    public List<AppView> apps() {
        var all = new ArrayList<AppView>();
        for (int page = 0; ; page++) {
            var answer = Json.tree(call("GET", "/api/apps?pageIndex=" + page + "&pageSize=50", null));
            answer.path("items").forEach(item -> all.add(AppView.of(item, http.url())));
            if (answer.path("isLastPage").asBoolean(true)) {
                return all;
            }
        }
    }

    /** The application with this name. */
    public Optional<AppView> find(String name) {
        var query = "?exactMatch=true&pageIndex=0&pageSize=50&searchText="
                + URLEncoder.encode(name, StandardCharsets.UTF_8);
        var found = Json.tree(call("GET", "/api/apps" + query, null)).path("items");
        return found.valueStream()
                .map(item -> AppView.of(item, http.url()))
                .filter(app -> app.name().equals(name))
                .findFirst();
    }

    /** The application as it is now. */
    public AppView app(UUID id) {
        return AppView.of(Json.tree(call("GET", "/api/apps/" + id, null)), http.url());
    }

    /** Makes an application; its id. */
    public UUID createApp(String name) {
        var answer = Json.tree(call("POST", "/api/apps", Map.of("name", name, "storageId", "oci://" + name)));
        return UUID.fromString(answer.asString());
    }

    /** Deploys what was pushed under this version. */
    public void registerRevision(String name, String version) {
        call("POST", "/api/revisions", Map.of("appStorageId", "oci://" + name, "revisionNumber", version));
    }

    /** Sets an application variable. */
    public void setVariable(UUID app, String name, String value) {
        call("POST", "/api/variable-pairs", Map.of("appId", app, "variable", name, "value", value));
    }

    /** Deletes an application and all it has. */
    public void deleteApp(UUID id) {
        call("DELETE", "/api/apps/" + id, null);
    }

    /** Newest log lines after {@code since} (an empty text for all), oldest first. */
    public List<LogLine> logs(UUID app, int max, String since) {
        var query =
                "?max=" + max + (since.isEmpty() ? "" : "&since=" + URLEncoder.encode(since, StandardCharsets.UTF_8));
        var entries = Json.tree(call("GET", "/api/apps/" + app + "/logs/raw" + query, null))
                .path("entries");
        var lines = new ArrayList<LogLine>();
        for (int i = entries.size() - 1; i >= 0; i--) {
            var entry = entries.get(i);
            var component = entry.path("meta").path("componentId").asString("");
            entry.path("logLines")
                    .forEach(line -> lines.add(new LogLine(
                            line.path("time").asString(""),
                            component,
                            line.path("source").asString(""),
                            line.path("line").asString(""))));
        }
        return lines;
    }

    /** What all nodes say of themselves, a document of JSON; for the owner only. */
    public byte[] numbers() {
        return call("GET", "/admin/v1/numbers", null);
    }

    /** A line that a guest printed. */
    public record LogLine(String time, String component, String source, String line) {}

    private byte[] call(String method, String target, @Nullable Object body) {
        var answer = http.send(
                method,
                http.authority(),
                target,
                HttpFields.of(
                        "Accept", "application/json",
                        "Content-Type", "application/json",
                        "Api-Version", "1.0",
                        "Authorization", "Bearer " + token),
                body == null ? new byte[0] : Json.write(body));
        if (answer.status() >= 400) {
            throw new CommandFailedException(detail(answer));
        }
        return answer.body();
    }

    /** What went wrong, as the platform says it (reference spin-deploy §3.4). */
    private static String detail(PlatformHttp.Reply answer) {
        try {
            JsonNode problem = Json.tree(answer.body());
            if (problem.path("detail").isString()) {
                return problem.path("detail").asString();
            }
            if (problem.path("title").isString()) {
                return problem.path("title").asString() + " " + problem.path("errors");
            }
        } catch (RuntimeException e) {
            return "the platform answered " + answer.status() + " with something that is not JSON";
        }
        return "the platform answered " + answer.status();
    }
}

package dev.creel.cli.api;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * An application as the API shows it.
 *
 * @param host its host name, without a port
 * @param url where it answers
 * @param version the newest revision's, empty if there is none
 * @param state {@code deploying}, {@code ready}, {@code degraded} (an older revision serves) or {@code failed}
 * @param reason why it is degraded or failed, or what there is to know of how it runs; else empty
 */
public record AppView(UUID id, String name, String host, String url, String version, String state, String reason) {
    static AppView of(JsonNode item, URI platform) {
        var authority = item.path("subdomain").asString("");
        var host = item.path("host").asString(authority.replaceAll(":\\d+$", ""));
        return new AppView(
                UUID.fromString(item.path("id").asString()),
                item.path("name").asString(""),
                host,
                platform.getScheme() + "://" + authority,
                item.path("latestRevision").asString(""),
                item.path("state").asString(""),
                item.path("reason").asString(""));
    }

    /** The members of the JSON that {@code --json} prints; scripts depend on them. */
    public Map<String, Object> json() {
        var all = new LinkedHashMap<String, Object>();
        all.put("name", name);
        all.put("host", host);
        all.put("url", url);
        all.put("version", version);
        all.put("state", state);
        if (!reason.isEmpty()) {
            all.put("reason", reason);
        }
        return all;
    }
}

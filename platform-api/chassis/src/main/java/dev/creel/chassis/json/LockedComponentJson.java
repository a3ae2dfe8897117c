package dev.creel.chassis.json;

import dev.creel.contract.artifact.Digest;
import dev.creel.contract.lockedapp.ContentRef;
import dev.creel.contract.lockedapp.DependencyName;
import dev.creel.contract.lockedapp.LockedComponent;
import dev.creel.contract.lockedapp.LockedDependency;
import dev.creel.contract.lockedapp.LockedFile;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a component of a locked application (reference spin-app §1.4.1, §1.4.3). */
final class LockedComponentJson {
    private LockedComponentJson() {}

    static LockedComponent read(JsonAt at) {
        LockedAppJson.refuseMiddleware(at);
        var metadata = at.find("metadata");
        return new LockedComponent(
                id(at.need("id")),
                readContent(at.need("source")),
                at.find("env").map(JsonAt::textMap).orElse(Map.of()),
                at.find("files").map(LockedComponentJson::readFiles).orElse(List.of()),
                at.find("config").map(JsonAt::textMap).orElse(Map.of()),
                readOutboundHosts(metadata),
                texts(metadata, "key_value_stores"),
                texts(metadata, "databases"),
                texts(metadata, "ai_models"),
                at.find("dependencies")
                        .map(LockedComponentJson::readDependencies)
                        .orElse(Map.of()));
    }

    private static String id(JsonAt id) {
        if (id.text().isEmpty()) {
            throw id.refusal("must not be empty");
        }
        return id.text();
    }

    private static List<String> texts(Optional<JsonAt> metadata, String key) {
        return metadata.flatMap(at -> at.find(key)).map(JsonAt::texts).orElse(List.of());
    }

    /** The list of the application, and what {@code allowed_http_hosts} of Spin 1 says in today's words (§1.3.4). */
    private static List<String> readOutboundHosts(Optional<JsonAt> metadata) {
        var hosts = new ArrayList<>(texts(metadata, "allowed_outbound_hosts"));
        for (var old : texts(metadata, "allowed_http_hosts")) {
            switch (old) {
                case "insecure:allow-all" -> hosts.addAll(List.of("http://*:*", "https://*:*", "http://self"));
                case "self" -> hosts.add("http://self");
                default -> {
                    if (old.contains("://")) {
                        hosts.add(old);
                    } else {
                        hosts.addAll(List.of("http://" + old, "https://" + old));
                    }
                }
            }
        }
        return List.copyOf(hosts);
    }

    private static List<LockedFile> readFiles(JsonAt list) {
        var paths = new HashSet<String>();
        var files = new ArrayList<LockedFile>();
        for (var at : list.items()) {
            var path = at.need("path");
            try {
                files.add(new LockedFile(path.text(), readContent(at)));
            } catch (IllegalArgumentException e) {
                throw path.refusal("is refused: " + e.getMessage());
            }
            if (!paths.add(path.text())) {
                throw path.refusal("'" + path.text() + "' is the path of another file, too");
            }
        }
        return List.copyOf(files);
    }

    private static ContentRef readContent(JsonAt at) {
        var inline = at.find("inline").map(LockedComponentJson::readInline);
        var digest = at.find("digest").map(LockedComponentJson::readDigest);
        var source = at.find("source").map(JsonAt::text);
        if (inline.isEmpty() && digest.isEmpty() && source.isEmpty()) {
            throw at.refusal("needs one of inline, digest and source");
        }
        return new ContentRef(inline, digest, source);
    }

    private static ContentRef.Inline readInline(JsonAt at) {
        try {
            // Java's decoder takes the missing padding.
            return new ContentRef.Inline(Base64.getDecoder().decode(at.text()));
        } catch (IllegalArgumentException e) {
            throw at.refusal("must be base64");
        }
    }

    private static Digest readDigest(JsonAt at) {
        try {
            return Digest.parse(at.text());
        } catch (IllegalArgumentException e) {
            throw at.refusal("must be sha256: and 64 lower-case hex digits");
        }
    }

    private static Map<String, LockedDependency> readDependencies(JsonAt all) {
        var dependencies = new LinkedHashMap<String, LockedDependency>();
        all.members().forEach((name, at) -> {
            checkName(name, at);
            dependencies.put(
                    name,
                    new LockedDependency(
                            readContent(at.need("source")),
                            at.find("export").map(JsonAt::text),
                            at.find("inherit")
                                    .map(LockedComponentJson::readInherit)
                                    .orElse(new LockedDependency.Inherit.Some(Set.of()))));
        });
        return dependencies;
    }

    private static void checkName(String name, JsonAt at) {
        try {
            var _ = DependencyName.parse(name);
        } catch (IllegalArgumentException e) {
            throw at.refusal("is refused: " + e.getMessage());
        }
    }

    private static LockedDependency.Inherit readInherit(JsonAt at) {
        if (at.node().isString() && at.text().equals("All")) {
            return new LockedDependency.Inherit.All();
        }
        if (at.node().isObject()) {
            return new LockedDependency.Inherit.Some(Set.copyOf(at.need("Some").texts()));
        }
        throw at.refusal("must be \"All\" or {\"Some\": [...]}");
    }
}

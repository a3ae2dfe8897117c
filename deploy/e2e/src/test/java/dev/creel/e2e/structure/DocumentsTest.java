package dev.creel.e2e.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\s*\\$? *\\./creel +([a-z]+)");
    private static final Pattern PROMISED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final int README_LINES_MAX = 200;

    private final SourceTree tree = SourceTree.read();

    @Test
    void linksInDocumentsResolve() throws IOException {
        var broken = new ArrayList<String>();
        for (var document : documents()) {
            var matcher = LINK.matcher(Files.readString(document));
            while (matcher.find()) {
                var target = matcher.group(1);
                if (!target.contains("://")
                        && !Files.exists(document.resolveSibling(target).normalize())) {
                    broken.add(tree.root.relativize(document) + " → " + target);
                }
            }
        }
        assertEquals(List.of(), broken);
    }

    @Test
    void commandsInDocumentsExist() throws IOException {
        var known = new TreeSet<>(Set.of("test", "bench"));
        var name = Pattern.compile("@Command\\(\\s*name = \"([a-z]+)\"");
        tree.main().stream().filter(file -> file.module().equals("deploy/cli")).forEach(file -> {
            var matcher = name.matcher(file.text());
            while (matcher.find()) {
                known.add(matcher.group(1));
            }
        });
        var unknown = new TreeSet<String>();
        for (var document : documents()) {
            var matcher = COMMAND.matcher(Files.readString(document));
            while (matcher.find()) {
                if (!known.contains(matcher.group(1))) {
                    unknown.add(tree.root.relativize(document) + ": ./creel " + matcher.group(1));
                }
            }
        }
        assertEquals(Set.of(), unknown);
    }

    @Test
    void everyPromiseNamesATestThatExists() {
        var missing = new TreeSet<String>();
        var matcher = PROMISED.matcher(tree.text("SPECIFICATION.md"));
        int found = 0;
        while (matcher.find()) {
            found++;
            var type = matcher.group(1);
            var method = matcher.group(2);
            boolean exists = tree.files.stream()
                    .anyMatch(file -> file.isTest()
                            && file.typeName().equals(type)
                            && Pattern.compile("void " + method + "\\(")
                                    .matcher(file.text())
                                    .find());
            if (!exists) {
                missing.add(type + "." + method);
            }
        }
        assertTrue(found > 0, "SPECIFICATION.md names no test");
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyPromiseHasATest() {
        var bare = tree.text("SPECIFICATION.md")
                .lines()
                .filter(line -> line.startsWith("* ") || line.startsWith("- "))
                .filter(line -> !PROMISED.matcher(line).find())
                .toList();
        assertEquals(List.of(), bare);
    }

    @Test
    void theReadmeStaysShort() {
        assertTrue(tree.text("README.md").lines().count() <= README_LINES_MAX);
    }

    @Test
    void everyTopFolderHasAReadme() {
        for (var folder : List.of("platform-api", "scheduler", "edge-router", "executor", "artifact-store", "deploy")) {
            assertFalse(tree.text(folder + "/README.md").isBlank(), folder);
        }
    }

    private List<Path> documents() throws IOException {
        try (var walk = Files.walk(tree.root)) {
            return walk.filter(path -> path.toString().endsWith(".md"))
                    .filter(path -> !path.toString().contains("/target/"))
                    .filter(path -> !tree.root.relativize(path).toString().startsWith("."))
                    .toList();
        }
    }
}

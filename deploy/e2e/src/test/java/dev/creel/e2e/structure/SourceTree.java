package dev.creel.e2e.structure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The sources of the checkout that this test runs in, as text. */
final class SourceTree {
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern USE = Pattern.compile("\\b(dev\\.creel(?:\\.[a-z][a-z0-9]*)+)\\.[A-Z]");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);

    /** A Java file. */
    record JavaFile(Path path, String module, String packageName, String text) {
        String typeName() {
            return path.getFileName().toString().replace(".java", "");
        }

        boolean isTest() {
            return path.toString().contains("/src/test/");
        }

        /** Packages of ours that it names outside comments. */
        Set<String> uses() {
            var all = new TreeSet<String>();
            var matcher = USE.matcher(COMMENT.matcher(text).replaceAll(" "));
            while (matcher.find()) {
                all.add(matcher.group(1));
            }
            all.remove(packageName);
            return all;
        }
    }

    final Path root;
    final List<JavaFile> files;

    private SourceTree(Path root, List<JavaFile> files) {
        this.root = root;
        this.files = files;
    }

    static SourceTree read() {
        var root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("creel"))) {
            root = root.getParent();
            if (root == null) {
                throw new IllegalStateException("this test must run inside a checkout of Creel");
            }
        }
        return new SourceTree(root, javaFiles(root));
    }

    List<JavaFile> main() {
        return files.stream().filter(file -> !file.isTest()).toList();
    }

    /** Module (folder of its pom) → packages of its main code. */
    Map<String, Set<String>> packagesByModule() {
        var all = new TreeMap<String, Set<String>>();
        main().forEach(file ->
                all.computeIfAbsent(file.module(), ignored -> new TreeSet<>()).add(file.packageName()));
        return all;
    }

    String text(String path) {
        try {
            return Files.readString(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JavaFile> javaFiles(Path root) {
        var all = new ArrayList<JavaFile>();
        try (var walk = Files.walk(root)) {
            for (var path : (Iterable<Path>) walk::iterator) {
                var relative = root.relativize(path).toString();
                int src = relative.indexOf("/src/");
                if (relative.endsWith(".java") && src > 0 && !relative.contains("/target/")) {
                    var text = Files.readString(path);
                    var declared = PACKAGE.matcher(text);
                    if (declared.find()) {
                        all.add(new JavaFile(path, relative.substring(0, src), declared.group(1), text));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }
}

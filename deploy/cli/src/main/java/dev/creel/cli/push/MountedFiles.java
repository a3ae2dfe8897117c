package dev.creel.cli.push;

import dev.creel.cli.manifest.ManifestComponent;
import dev.creel.cli.manifest.ManifestComponent.FileMount;
import dev.creel.cli.manifest.ManifestException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of a component: guest path → file on disk (reference spin-app §1.2.6). Dot files count, symbolic links are
 * followed, as the {@code spin} client does.
 */
final class MountedFiles {
    private final Path base;
    private final List<PathMatcher> excluded;
    private final Map<String, Path> byGuestPath = new TreeMap<>();

    private MountedFiles(Path base, List<PathMatcher> excluded) {
        this.base = base;
        this.excluded = excluded;
    }

    static Map<String, Path> of(ManifestComponent component, Path base) throws IOException {
        var files = new MountedFiles(
                base,
                component.excludeFiles().stream()
                        .flatMap(MountedFiles::matchers)
                        .toList());
        for (var mount : component.files()) {
            switch (mount) {
                case FileMount.Glob glob -> files.addGlob(glob.pattern(), component.id());
                case FileMount.At at -> files.addAt(at, component.id());
            }
        }
        return files.byGuestPath;
    }

    private void addGlob(String pattern, String component) throws IOException {
        if (pattern.startsWith("/") || List.of(pattern.split("/")).contains("..")) {
            throw new ManifestException("component." + component + ".files: '" + pattern
                    + "' must stay inside the manifest's folder; mount it with { source = …, destination = … }");
        }
        var matchers = matchers(pattern).toList();
        var named = base.resolve(pattern);
        if (Files.isDirectory(named)) {
            throw new ManifestException("component." + component + ".files: '" + pattern + "' is a folder; write '"
                    + pattern + "/**/*' or { source = \"" + pattern + "\", destination = \"/\" }");
        }
        try (var walk = Files.walk(base, FileVisitOption.FOLLOW_LINKS)) {
            for (var file : (Iterable<Path>) walk::iterator) {
                var relative = base.relativize(file);
                if (Files.isRegularFile(file)
                        && matchers.stream().anyMatch(m -> m.matches(relative))
                        && excluded.stream().noneMatch(m -> m.matches(relative))) {
                    byGuestPath.put(slashes(relative), file);
                }
            }
        }
    }

    private void addAt(FileMount.At at, String component) throws IOException {
        var source = base.resolve(at.source());
        var destination = at.destination().replaceAll("^/+|/+$", "");
        if (Files.isRegularFile(source)) {
            byGuestPath.put(destination, source);
            return;
        }
        if (!Files.isDirectory(source)) {
            throw new ManifestException("component." + component + ".files: there is no folder " + source);
        }
        try (var walk = Files.walk(source, FileVisitOption.FOLLOW_LINKS)) {
            for (var file : (Iterable<Path>) walk::iterator) {
                if (Files.isRegularFile(file)) {
                    var relative = slashes(source.relativize(file));
                    byGuestPath.put(destination.isEmpty() ? relative : destination + "/" + relative, file);
                }
            }
        }
    }

    /** {@code a/**}{@code /b} also means {@code a/b}, which Java's glob does not say. */
    private static Stream<PathMatcher> matchers(String pattern) {
        var system = FileSystems.getDefault();
        return Stream.of(pattern, pattern.replace("**/", ""))
                .distinct()
                .map(glob -> system.getPathMatcher("glob:" + glob));
    }

    private static String slashes(Path relative) {
        return relative.toString().replace('\\', '/');
    }
}

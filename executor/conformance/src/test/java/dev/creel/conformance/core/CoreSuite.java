package dev.creel.conformance.core;

import dev.creel.component.core.CoreEngine;
import dev.creel.conformance.data.Archive;
import dev.creel.conformance.data.CacheFolder;
import dev.creel.conformance.run.MissingToolException;
import dev.creel.conformance.run.Script;
import dev.creel.conformance.run.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Archives of scripts that are binaries and JSON already, one folder a script.
 *
 * @param cache where they are unpacked
 * @param word what plays them
 * @param engine makes it; a new one for each script
 */
public record CoreSuite(CacheFolder cache, String word, Supplier<CoreEngine> engine) implements Suite {
    private static final String ENDING = ".tar.gz";

    @Override
    public String name() {
        return folder() + "-" + word;
    }

    @Override
    public String folder() {
        return "core";
    }

    @Override
    public List<Script> scripts(Path folder) throws IOException, MissingToolException {
        var scripts = new ArrayList<Script>();
        for (var archive : sorted(folder)) {
            var file = archive.getFileName().toString();
            if (file.endsWith(ENDING)) {
                var area = file.substring(0, file.length() - ENDING.length());
                for (var script : sorted(new Archive(archive).unpacked(cache))) {
                    scripts.add(new CoreScript(area + "/" + script.getFileName(), script, engine.get()));
                }
            }
        }
        return scripts;
    }

    private static List<Path> sorted(Path folder) throws IOException {
        try (var all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }
}

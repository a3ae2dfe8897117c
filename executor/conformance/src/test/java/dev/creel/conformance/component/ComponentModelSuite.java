package dev.creel.conformance.component;

import dev.creel.codegen.EngineChoice;
import dev.creel.conformance.data.CacheFolder;
import dev.creel.conformance.data.WastConversion;
import dev.creel.conformance.run.MissingToolException;
import dev.creel.conformance.run.Script;
import dev.creel.conformance.run.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code .wast} files of the component model's repository, in folders by area.
 *
 * @param cache where they are converted
 * @param engine what runs their core modules; a new one for each script
 */
public record ComponentModelSuite(CacheFolder cache, EngineChoice engine) implements Suite {
    @Override
    public String name() {
        return folder() + "-" + engine.word();
    }

    @Override
    public String folder() {
        return "component-model";
    }

    @Override
    public List<Script> scripts(Path folder) throws IOException, MissingToolException {
        var scripts = new ArrayList<Script>();
        new WastConversion(cache)
                .converted(sources(folder))
                .forEach((source, converted) -> scripts.add(new ComponentScript(
                        folder.relativize(source).toString().replace('\\', '/'), converted, engine.engine())));
        return scripts;
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(path -> path.toString().endsWith(".wast"))
                    .sorted()
                    .toList();
        }
    }
}

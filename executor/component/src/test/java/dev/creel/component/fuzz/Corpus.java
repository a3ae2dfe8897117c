package dev.creel.component.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Good input: the test guests of this module, and whatever lies in a folder that {@code -Dcreel.fuzz-corpus} names. */
final class Corpus {
    /** Larger ones are slow to decode, and their sections are much alike. */
    private static final int BYTES_MAX = 200_000;

    private Corpus() {}

    static List<byte[]> load() {
        var all = new ArrayList<byte[]>();
        all.addAll(files(Path.of("src/test/guests")));
        var more = System.getProperty("creel.fuzz-corpus", "");
        if (!more.isEmpty()) {
            all.addAll(files(Path.of(more)));
        }
        all.addAll(dev.creel.component.binary.Rules.load().stream()
                .map(dev.creel.component.binary.Rules.Rule::component)
                .toList());
        return all;
    }

    private static List<byte[]> files(Path folder) {
        try (var files = Files.walk(folder)) {
            var found = new ArrayList<byte[]>();
            for (var file : (Iterable<Path>)
                    files.filter(one -> one.toString().endsWith(".wasm")).sorted(Comparator.naturalOrder())::iterator) {
                if (Files.size(file) <= BYTES_MAX) {
                    found.add(Files.readAllBytes(file));
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + folder, e);
        }
    }
}

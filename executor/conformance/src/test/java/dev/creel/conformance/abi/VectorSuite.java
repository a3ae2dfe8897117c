package dev.creel.conformance.abi;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.creel.component.abi.CanonicalVectors;
import dev.creel.component.plan.CallCode;
import dev.creel.conformance.run.DiffersException;
import dev.creel.conformance.run.Script;
import dev.creel.conformance.run.Suite;
import dev.creel.conformance.run.Trial;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.opentest4j.AssertionFailedError;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What the specification's executable definition answered: a vector a line. */
public record VectorSuite() implements Suite {
    private static final String ENDING = ".jsonl.gz";

    @Override
    public String name() {
        return "vectors";
    }

    @Override
    public List<Script> scripts(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .<Script>map(Vectors::new)
                    .toList();
        }
    }

    private record Vectors(Path file) implements Script {
        @Override
        public String name() {
            return file.getFileName().toString();
        }

        @Override
        public List<Trial> trials() throws IOException {
            // Generated calls and the reference answer alike: one trial.
            var players =
                    Arrays.stream(CallCode.values()).map(CanonicalVectors::new).toList();
            var mapper = new ObjectMapper();
            var trials = new ArrayList<Trial>();
            try (var lines =
                    new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    var vector = mapper.readTree(line);
                    var tags = new HashSet<String>();
                    vector.path("features").forEach(feature -> tags.add(feature.asString()));
                    var what = vector.get("kind").asString() + " "
                            + vector.path("about").asString("");
                    var place = name() + ":" + vector.get("id").asInt();
                    trials.add(new Trial(place, what, tags, () -> play(vector, players)));
                }
            }
            return trials;
        }

        private static void play(JsonNode vector, List<CanonicalVectors> players) throws DiffersException {
            try {
                players.forEach(player -> player.play(vector));
            } catch (AssertionFailedError e) {
                if (e.getExpected() == null || e.getActual() == null) {
                    throw e;
                }
                throw new DiffersException(
                        e.getExpected().getStringRepresentation(), e.getActual().getStringRepresentation());
            }
        }
    }
}

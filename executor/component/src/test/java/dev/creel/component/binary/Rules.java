package dev.creel.component.binary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.ObjectMapper;

/** Small components, each about one rule of the specification: {@code src/test/guests/rules}. */
public final class Rules {
    private static final Path FILE = Path.of("src/test/guests/rules/rules.json");

    private Rules() {}

    /**
     * One component.
     *
     * @param about the rule
     * @param refusal part of the message if it breaks the rule; empty if it does not
     */
    public record Rule(String about, String refusal, byte[] component) {}

    /** All of them. */
    public static List<Rule> load() {
        try {
            var rules = new ArrayList<Rule>();
            for (var rule : new ObjectMapper().readTree(Files.readAllBytes(FILE))) {
                rules.add(new Rule(
                        rule.get("about").asString(),
                        rule.get("refusal").asString(),
                        Base64.getDecoder().decode(rule.get("component").asString())));
            }
            return rules;
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + FILE, e);
        }
    }
}

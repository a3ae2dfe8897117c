package dev.creel.conformance;

import dev.creel.codegen.EngineChoice;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What the command was asked.
 *
 * @param data the folder of suites
 * @param suite one of them, or those in one folder, or all
 * @param filter which places; empty for all
 * @param engine what runs core modules where a suite is not about one engine
 */
record Options(Path data, Optional<String> suite, String filter, EngineChoice engine) {
    static final String USAGE =
            "usage: creel test conformance [--suite NAME] [--filter TEXT] [--engine codegen|chicory] [--data DIR]";

    private static final Set<String> NAMES = Set.of("--suite", "--filter", "--engine", "--data");

    /** Wrong usage; the message says what is wrong and what would be right. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    /** Reads the arguments; {@code data} unless they say otherwise. */
    static Options parse(Path data, String... args) throws UsageException {
        var options = new Options(data, Optional.empty(), "", EngineChoice.DEFAULT);
        for (int i = 0; i < args.length; i++) {
            int equals = args[i].indexOf('=');
            var name = equals < 0 ? args[i] : args[i].substring(0, equals);
            if (!NAMES.contains(name)) {
                throw new UsageException("unknown argument " + args[i]);
            }
            if (equals < 0 && i + 1 == args.length) {
                throw new UsageException(name + " needs a value");
            }
            options = options.with(name, equals < 0 ? args[++i] : args[i].substring(equals + 1));
        }
        return options;
    }

    private Options with(String name, String value) throws UsageException {
        return switch (name) {
            case "--suite" -> new Options(data, Optional.of(value), filter, engine);
            case "--filter" -> new Options(data, suite, value, engine);
            case "--engine" -> new Options(data, suite, filter, engine(value));
            default -> new Options(Path.of(value), suite, filter, engine);
        };
    }

    private static EngineChoice engine(String word) throws UsageException {
        try {
            return EngineChoice.named(word);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}

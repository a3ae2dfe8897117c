package dev.creel.conformance;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the command was asked.
 *
 * @param data the folder of suites
 * @param suite one of them, or all
 * @param filter which places; empty for all
 */
record Options(Path data, Optional<String> suite, String filter) {
    static final String USAGE = "usage: creel test conformance [--suite NAME] [--filter TEXT] [--data DIR]";

    /** Wrong usage; the message says what is wrong and what would be right. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    /** Reads the arguments; {@code data} unless they say otherwise. */
    static Options parse(Path data, String... args) throws UsageException {
        var options = new Options(data, Optional.empty(), "");
        for (int i = 0; i < args.length; i++) {
            int equals = args[i].indexOf('=');
            var name = equals < 0 ? args[i] : args[i].substring(0, equals);
            if (!name.equals("--suite") && !name.equals("--filter") && !name.equals("--data")) {
                throw new UsageException("unknown argument " + args[i]);
            }
            if (equals < 0 && i + 1 == args.length) {
                throw new UsageException(name + " needs a value");
            }
            options = options.with(name, equals < 0 ? args[++i] : args[i].substring(equals + 1));
        }
        return options;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--suite" -> new Options(data, Optional.of(value), filter);
            case "--filter" -> new Options(data, suite, value);
            default -> new Options(Path.of(value), suite, filter);
        };
    }
}

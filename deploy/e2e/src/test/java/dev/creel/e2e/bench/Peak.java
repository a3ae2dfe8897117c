package dev.creel.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The most memory that a process had, as Linux says it. */
final class Peak {
    private static final String LINE = "VmHWM:";

    private Peak() {}

    /** In KiB; −1 where there is no such file. */
    static long kib(ProcessHandle process) throws IOException {
        var file = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(file)) {
            return -1;
        }
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(LINE))
                    .mapToLong(line -> Long.parseLong(
                            line.substring(LINE.length()).replace("kB", "").strip()))
                    .findFirst()
                    .orElse(-1);
        }
    }
}

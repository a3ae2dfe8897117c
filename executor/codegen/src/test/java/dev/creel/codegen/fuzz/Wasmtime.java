package dev.creel.codegen.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Plays on {@code wasmtime}, many in one process: starting it takes longer than playing. */
final class Wasmtime {
    private static final Pattern LINE = Pattern.compile("\\.wast:(\\d+)");
    private static final int COMMAND_MAX = 200;
    private final Path program;

    private Wasmtime(Path program) {
        this.program = program;
    }

    /** The one that {@code WASMTIME} names. */
    static Optional<Wasmtime> atHand() {
        return Optional.ofNullable(System.getenv("WASMTIME"))
                .map(Path::of)
                .filter(Files::isExecutable)
                .map(Wasmtime::new);
    }

    /** What it saw otherwise; each result at most once. */
    List<Comparison.Result> differing(List<Comparison.Result> results) throws IOException, InterruptedException {
        var differing = new ArrayList<Comparison.Result>();
        var rest = results;
        while (!rest.isEmpty()) {
            var script = new WastScript(rest);
            var said = run(script);
            if (said.isEmpty()) {
                break;
            }
            var line = LINE.matcher(said);
            if (!line.find()) {
                throw new IOException("wasmtime says nothing that is understood: " + said);
            }
            int number = Integer.parseInt(line.group(1));
            var result = script.of(number);
            var command = script.lines().get(number - 1);
            var difference =
                    "wasmtime at " + command.substring(0, Math.min(COMMAND_MAX, command.length())) + ": " + said;
            differing.add(new Comparison.Result(result.play(), result.seen(), List.of(difference), result.doubt()));
            rest = rest.subList(rest.indexOf(result) + 1, rest.size());
        }
        return differing;
    }

    /** What it says, or nothing if all was as wanted. */
    private String run(WastScript script) throws IOException, InterruptedException {
        var file = Files.createTempFile("creel-fuzz", ".wast");
        try {
            Files.write(file, script.lines());
            var process = new ProcessBuilder(program.toString(), "wast", file.toString())
                    .redirectErrorStream(true)
                    .start();
            var said = new String(process.getInputStream().readAllBytes(), UTF_8);
            int code = process.waitFor();
            var end = said.indexOf("Stack backtrace");
            return code == 0 ? "" : "exit code " + code + ": " + (end < 0 ? said : said.substring(0, end)).strip();
        } finally {
            Files.delete(file);
        }
    }
}

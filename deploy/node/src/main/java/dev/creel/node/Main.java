package dev.creel.node;

import dev.creel.cli.Cli;
import java.time.Instant;

/** The program. */
public final class Main {
    private Main() {}

    /** Runs the command that {@code args} name and exits with its code. */
    public static void main(String[] args) {
        var started = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
        System.exit(Cli.run(args, new NodeServers(started), System.getenv(), System.out, System.err));
    }
}

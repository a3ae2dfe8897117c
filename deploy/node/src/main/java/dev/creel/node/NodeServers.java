package dev.creel.node;

import dev.creel.cli.RunOptions;
import dev.creel.cli.Servers;
import dev.creel.cli.UpOptions;
import dev.creel.cli.api.CommandFailedException;
import dev.creel.cli.api.Profile;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code creel up} and {@code creel run}. Both end when the process is told to stop, drained and with exit code 0. */
final class NodeServers implements Servers {
    private static final Logger LOG = LoggerFactory.getLogger(NodeServers.class);

    private final Instant started;

    /**
     * @param started when the process began, for the ready line
     */
    NodeServers(Instant started) {
        this.started = started;
    }

    @Override
    public int up(UpOptions options) throws Exception {
        var platform = Platform.start(NodeConfig.of(options));
        platform.newOwnerToken().ifPresent(token -> welcome(platform, token));
        ready(platform.url());
        return untilToldToStop(platform);
    }

    @Override
    public int run(RunOptions options) throws Exception {
        var single = SingleComponent.compile(options);
        try {
            if (!single.serves()) {
                try (single) {
                    return single.run();
                }
            }
            ready(single.serve());
        } catch (CommandFailedException e) {
            single.close();
            throw e;
        }
        return untilToldToStop(single);
    }

    /** The one line on stdout that scripts wait for. */
    private void ready(String url) {
        double seconds = Duration.between(started, Instant.now()).toMillis() / 1000.0;
        System.out.println(String.format(Locale.ROOT, "creel is ready: %s (%.1f s)", url, seconds));
        System.out.flush();
    }

    private static void welcome(Platform platform, String token) {
        var profile = Profile.location(System.getenv());
        System.err.println();
        System.err.println("This is the first start. The owner's token, shown once:");
        System.err.println();
        System.err.println("    " + token);
        System.err.println();
        System.err.println("It is kept in " + platform.tokenFile() + ".");
        try {
            if (new Profile(platform.url(), token).writeIfAbsent(profile)) {
                System.err.println("The commands in your other terminals are signed in (" + profile + ").");
            } else {
                System.err.println("Your profile " + profile + " names another platform; to use this one: creel login "
                        + platform.url() + " --token …");
            }
        } catch (java.io.IOException e) {
            LOG.warn("the profile {} cannot be written: {}", profile, e.toString());
        }
        System.err.println();
    }

    /**
     * Waits for SIGTERM or SIGINT, then drains. The virtual machine would exit with 143 or 130 then; whoever stops a
     * platform in order gets 0.
     */
    private static int untilToldToStop(AutoCloseable running) throws InterruptedException {
        var forever = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            int code = 0;
            try {
                running.close();
            } catch (Exception e) {
                LOG.error("stopping failed", e);
                code = 1;
            }
            Runtime.getRuntime().halt(code);
        }));
        forever.await();
        return 0;
    }
}

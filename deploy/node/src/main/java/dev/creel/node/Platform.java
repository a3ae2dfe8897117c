package dev.creel.node;

import dev.creel.artifacts.FileArtifacts;
import dev.creel.artifacts.FileDerived;
import dev.creel.artifacts.RegistryServer;
import dev.creel.chassis.lifecycle.Closing;
import dev.creel.cli.api.CommandFailedException;
import dev.creel.component.chicory.FileCodeCache;
import dev.creel.contract.ProblemException;
import dev.creel.contract.artifact.Artifacts;
import dev.creel.contract.board.Board;
import dev.creel.contract.board.Endpoint;
import dev.creel.contract.board.MemoryBoard;
import dev.creel.contract.board.NodeId;
import dev.creel.contract.logs.GuestLogs;
import dev.creel.contract.logs.MemoryGuestLogs;
import dev.creel.control.ControlServer;
import dev.creel.control.account.Accounts;
import dev.creel.control.database.Database;
import dev.creel.control.database.DatabaseConfig;
import dev.creel.edge.EdgeServer;
import dev.creel.edge.UpstreamTargets;
import dev.creel.engine.DerivedStore;
import dev.creel.engine.compile.CompileProcesses;
import dev.creel.host.ExecutorNode;
import dev.creel.scheduler.Reconciler;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * All roles in one process. {@link #start} reads as the list of parts, each handed what it needs; {@link #close} stops them in
 * reverse: the edge first, so that nobody new comes in, the database last.
 */
final class Platform implements AutoCloseable {
    private final NodeConfig config;
    private final Closing parts = new Closing();
    private Optional<String> newOwnerToken = Optional.empty();

    private Platform(NodeConfig config) {
        this.config = config;
    }

    /**
     * Starts everything; returns when requests are served.
     *
     * @throws CommandFailedException in one line, if it cannot; nothing is left running then
     */
    static Platform start(NodeConfig config) {
        var platform = new Platform(config);
        try {
            platform.start();
            return platform;
        } catch (IOException e) {
            platform.close();
            throw new CommandFailedException(String.valueOf(e.getMessage()), e);
        } catch (ProblemException e) {
            platform.close();
            throw new CommandFailedException(e.problem().detail(), e);
        } catch (RuntimeException e) {
            platform.close();
            throw e;
        }
    }

    private void start() throws IOException {
        var folder = parts.add("data folder", DataFolder.open(Path.of(config.data())));
        var vertx = Vertx.vertx();
        parts.add(
                "event loops",
                () -> vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS));
        var clock = Clock.systemUTC();
        var board = new MemoryBoard();
        var logs = new MemoryGuestLogs(config.logsPerApp(), config.logsMax(), clock);
        var key = newKey();

        var database = parts.add("database", Database.open(DatabaseConfig.at(databaseUrl(folder))));
        var accounts = new Accounts(database, clock);
        keepOwnerToken(folder, accounts);
        var artifacts = FileArtifacts.open(folder.resolve("artifacts"), config.artifacts(), clock);
        var registry = parts.add("registry", RegistryServer.start(vertx, config.registry(), artifacts, accounts));
        parts.add("scheduler", Reconciler.start(board));
        startExecutors(vertx, folder, board, artifacts, logs, key, clock);
        var control = parts.add(
                "control",
                ControlServer.start(vertx, config.control(), database, accounts, artifacts, board, logs, clock, key));
        var targets = new UpstreamTargets(
                new Endpoint("127.0.0.1", control.port()), new Endpoint("127.0.0.1", registry.port()));
        parts.add("edge", EdgeServer.start(vertx, config.edge(), targets, board.routes(), key));
    }

    private void startExecutors(
            Vertx vertx, DataFolder folder, Board board, Artifacts artifacts, GuestLogs logs, String key, Clock clock)
            throws IOException {
        var engine = parts.add("engine", Engines.engine(config));
        var store = new DerivedStore(
                new FileCodeCache(folder.resolve("code"), config.codeMax().bytes(), clock),
                FileDerived.open(
                        folder.resolve("artifacts/derived"), config.artifacts().derivedMax(), clock),
                folder.secret("code.key"));
        var compiler = parts.add(
                "compile processes",
                new CompileProcesses(config.compile(), CompileRole.command(config.compile(), config.engine()), store));
        var components = Engines.components(compiler, store, config);
        for (var name : config.executorNames()) {
            var around = new ExecutorNode.Surroundings(
                    vertx, engine, components, board, artifacts, logs, folder.resolve(name), key, clock);
            try {
                parts.add(name, ExecutorNode.start(new NodeId(name), config.executor(), around));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while starting " + name, e);
            }
        }
    }

    private String databaseUrl(DataFolder folder) {
        if (!config.postgres().isEmpty()) {
            return config.postgres();
        }
        return parts.add("PostgreSQL", EmbeddedDatabase.start(folder, folder.resolve("postgres-programs")))
                .jdbcUrl();
    }

    /** The token is written before anyone can use it, so that a start that is cut off here loses nothing but one token. */
    private void keepOwnerToken(DataFolder folder, Accounts accounts) throws IOException {
        newOwnerToken = accounts.ensureOwner();
        if (newOwnerToken.isEmpty() && !Files.exists(tokenFile())) {
            newOwnerToken = Optional.of(accounts.issueOwnerToken("replaces a lost owner.token"));
        }
        if (newOwnerToken.isPresent()) {
            folder.writeSecret("owner.token", newOwnerToken.get() + "\n");
        }
    }

    /** What only the edges of this platform know: executors answer nobody else. */
    private static String newKey() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Where people reach the API. */
    String url() {
        return config.url();
    }

    /** The token of the owner, if this was the first start. */
    Optional<String> newOwnerToken() {
        return newOwnerToken;
    }

    /** Where the owner's token lies. */
    Path tokenFile() {
        return Path.of(config.data()).resolve("owner.token");
    }

    @Override
    public void close() {
        parts.close();
    }
}

package dev.creel.node;

import dev.creel.cli.api.CommandFailedException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The PostgreSQL that comes along: its own process on the loopback address, its data below the data folder, a password that
 * only the owner of the folder can read. Survives a killed platform: an orphan is stopped before the next start.
 */
final class EmbeddedDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final Duration START_WAIT = Duration.ofSeconds(60);
    private static final Duration ORPHAN_WAIT = Duration.ofSeconds(20);
    private static final String USER = "postgres";

    /** Only processes that know the password may connect, also on this machine. */
    private static final String HBA = "host all all 127.0.0.1/32 scram-sha-256\nhost all all ::1/128 scram-sha-256\n";

    private final EmbeddedPostgres postgres;
    private final String password;

    private EmbeddedDatabase(EmbeddedPostgres postgres, String password) {
        this.postgres = postgres;
        this.password = password;
    }

    /**
     * Starts it; makes the database on the first start. Blocks until it takes connections.
     *
     * @param folder its data goes to {@code postgres} in there
     * @param binaries where its programs are unpacked; may be shared by many
     */
    static EmbeddedDatabase start(DataFolder folder, Path binaries) {
        var data = folder.resolve("postgres");
        var secret = folder.resolve("postgres.password");
        try {
            stopOrphan(data.resolve("postmaster.pid"));
            boolean first = !Files.exists(secret);
            if (first) {
                // A first start that was cut off has left data that nobody can open: begin again.
                deleteTree(data);
            }
            var password = first ? newPassword() : Files.readString(secret).strip();
            Files.createDirectories(binaries);
            var postgres = builder(data, binaries, first ? "" : password).start();
            if (first) {
                lockDown(postgres, data, password);
                folder.writeSecret("postgres.password", password + "\n");
            }
            return new EmbeddedDatabase(postgres, password);
        } catch (IOException | SQLException | RuntimeException e) {
            throw new CommandFailedException(
                    "the embedded PostgreSQL in " + data + " does not start (" + e.getMessage()
                            + "); see the log above, or name a PostgreSQL of yours with --postgres",
                    e);
        }
    }

    private static EmbeddedPostgres.Builder builder(Path data, Path binaries, String password) {
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setOverrideWorkingDirectory(binaries.toFile())
                .setPGStartupWait(START_WAIT)
                // The library turns durability off, for tests; this is nobody's test.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "100")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("password_encryption", "scram-sha-256");
        return password.isEmpty() ? builder : builder.setConnectConfig("password", password);
    }

    private static void lockDown(EmbeddedPostgres postgres, Path data, String password)
            throws IOException, SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("ALTER USER " + USER + " PASSWORD '" + password + "'");
            statement.execute("CREATE DATABASE creel");
            Files.writeString(data.resolve("pg_hba.conf"), HBA);
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private static void stopOrphan(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return;
        }
        var pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        var process =
                ProcessHandle.of(pid).filter(p -> p.info().command().orElse("").endsWith("/postgres"));
        if (process.isEmpty()) {
            Files.deleteIfExists(pidFile);
            return;
        }
        LOG.info("stopping the PostgreSQL (process {}) that a killed platform left", pid);
        process.get().destroy();
        try {
            process.get().onExit().get(ORPHAN_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("it does not stop; killing it", e);
            process.get().destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while an old PostgreSQL stops", e);
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (var walk = Files.walk(root)) {
            for (var path : walk.toList().reversed()) {
                Files.delete(path);
            }
        }
    }

    private static String newPassword() {
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** For JDBC, with user and password. */
    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/creel?user=" + USER + "&password=" + password;
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}

package dev.creel.control.desired;

import dev.creel.contract.app.AppId;
import dev.creel.contract.app.HostName;
import dev.creel.contract.app.RevisionId;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.artifact.Digest;
import dev.creel.contract.artifact.RepositoryName;
import dev.creel.contract.board.Desired;
import dev.creel.contract.board.DesiredApp;
import dev.creel.contract.board.RevisionSource;
import dev.creel.contract.board.Shelf;
import dev.creel.control.database.Database;
import dev.creel.control.database.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts on the board what the database says should run: at start, after each {@link #changed}, and every minute whatever
 * happened. One thread reads and publishes, so a later picture never gives way to an earlier one, and many changes at once
 * cost one reading. Goes on until closed; a database that is away only delays it.
 */
public final class DesiredPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DesiredPublisher.class);
    private static final Duration AT_LEAST_EVERY = Duration.ofMinutes(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    /** The newest revision is wanted; the last ready one serves until then. An app without a revision does not run. */
    private static final String APPS = """
            SELECT a.id, a.tenant, a.name, a.host,
                   w.id AS wanted, w.version AS wanted_version, w.repository AS wanted_repository,
                   w.manifest AS wanted_manifest,
                   s.id AS serving, s.version AS serving_version, s.repository AS serving_repository,
                   s.manifest AS serving_manifest
            FROM apps a
            JOIN LATERAL (SELECT * FROM revisions r WHERE r.app = a.id ORDER BY sequence DESC LIMIT 1) w ON true
            LEFT JOIN revisions s ON s.id = a.serving AND s.id <> w.id
            """;

    private final Database database;
    private final Shelf<Desired> shelf;
    private final int places;
    /** Has a permit while there may be something to publish. */
    private final Semaphore work = new Semaphore(1);

    private final Thread thread;

    private DesiredPublisher(Database database, Shelf<Desired> shelf, int places) {
        this.database = database;
        this.shelf = shelf;
        this.places = places;
        this.thread = Thread.ofVirtual().name("desired-publisher").unstarted(this::run);
    }

    /** Begins to publish; each app is wanted on {@code places} nodes. */
    public static DesiredPublisher start(Database database, Shelf<Desired> shelf, int places) {
        var publisher = new DesiredPublisher(database, shelf, places);
        publisher.thread.start();
        return publisher;
    }

    /** Says that the database was changed. Returns at once; the board follows in a moment. */
    public void changed() {
        work.release();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (!work.tryAcquire(AT_LEAST_EVERY.toSeconds(), TimeUnit.SECONDS)) {
                    LOG.debug("Nothing was changed for {}", AT_LEAST_EVERY);
                }
                work.drainPermits();
                try {
                    shelf.publish(read());
                } catch (RuntimeException e) {
                    LOG.warn("What should run could not be published; trying again", e);
                    work.release();
                    Thread.sleep(PAUSE_AFTER_FAILURE);
                }
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private Desired read() {
        return database.snapshot(session -> {
            var variables = variables(session);
            var apps = new HashMap<AppId, DesiredApp>();
            session.list(APPS, row -> app(row, variables))
                    .forEach(found -> found.ifPresent(app -> apps.put(app.app(), app)));
            return new Desired(apps);
        });
    }

    private static Map<UUID, Map<String, String>> variables(Session session) throws SQLException {
        var byApp = new HashMap<UUID, Map<String, String>>();
        session.list(
                "SELECT app, name, value FROM variables",
                row -> byApp.computeIfAbsent(row.getObject("app", UUID.class), ignored -> new HashMap<>())
                        .put(row.getString("name"), row.getString("value")));
        return byApp;
    }

    /** Empty for a row that makes no sense: that is one app's misfortune, not all apps'. */
    private Optional<DesiredApp> app(ResultSet row, Map<UUID, Map<String, String>> variables) throws SQLException {
        var id = row.getObject("id", UUID.class);
        try {
            var tenant = new TenantId(row.getObject("tenant", UUID.class));
            return Optional.of(new DesiredApp(
                    new AppId(id),
                    tenant,
                    row.getString("name"),
                    new HostName(row.getString("host")),
                    source(row, tenant, "wanted"),
                    row.getObject("serving") == null ? Optional.empty() : Optional.of(source(row, tenant, "serving")),
                    variables.getOrDefault(id, Map.of()),
                    places));
        } catch (IllegalArgumentException e) {
            LOG.error("The app {} is left out, its rows cannot be read", id, e);
            return Optional.empty();
        }
    }

    private static RevisionSource source(ResultSet row, TenantId tenant, String which) throws SQLException {
        return new RevisionSource(
                new RevisionId(row.getObject(which, UUID.class)),
                row.getString(which + "_version"),
                new RepositoryName(tenant, row.getString(which + "_repository")),
                Digest.parse(row.getString(which + "_manifest")));
    }
}

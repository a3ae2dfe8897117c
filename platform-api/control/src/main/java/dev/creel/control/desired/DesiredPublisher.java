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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts on the board what the database says should run: everything at start and every minute whatever happened, and the apps that
 * {@link #changed} names as soon as it does: thousands of others cost nothing then. One thread reads and publishes, so a later
 * picture never gives way to an earlier one, and many changes at once cost one reading. Goes on until closed; a database that is
 * away only delays it.
 */
public final class DesiredPublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DesiredPublisher.class);
    private static final Duration ALL_EVERY = Duration.ofMinutes(1);
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

    private static final String VARIABLES = "SELECT app, name, value FROM variables";

    private final Database database;
    private final Shelf<Desired> shelf;
    private final int places;
    /** Has a permit while there may be something to publish. */
    private final Semaphore work = new Semaphore(0);

    /** Apps to read again. What is taken out is read afterwards, so that no change is lost. */
    private final Set<AppId> named = ConcurrentHashMap.newKeySet();

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

    /** Says that the database was changed in what it says of {@code app}. Returns at once; the board follows in a moment. */
    public void changed(AppId app) {
        named.add(app);
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
        long allAt = System.nanoTime();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                boolean some = work.tryAcquire(Math.max(0, allAt - System.nanoTime()), TimeUnit.NANOSECONDS);
                work.drainPermits();
                try {
                    boolean all = !some || System.nanoTime() - allAt >= 0;
                    shelf.publish(all ? all() : with(taken()));
                    if (all) {
                        allAt = System.nanoTime() + ALL_EVERY.toNanos();
                    }
                } catch (RuntimeException e) {
                    LOG.warn("What should run could not be published; trying again", e);
                    allAt = System.nanoTime();
                    Thread.sleep(PAUSE_AFTER_FAILURE);
                }
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private Set<AppId> taken() {
        var taken = Set.copyOf(named);
        named.removeAll(taken);
        return taken;
    }

    private Desired all() {
        taken();
        return new Desired(database.snapshot(session -> {
            var variables = new ValuesByApp();
            session.list(VARIABLES, variables::add);
            return apps(session.list(APPS, row -> app(row, variables)));
        }));
    }

    /** What is on the board, with these as they are now. */
    private Desired with(Set<AppId> changed) {
        Object ids = changed.stream().map(AppId::toString).toArray(String[]::new);
        var fresh = database.snapshot(session -> {
            var variables = new ValuesByApp();
            session.list(VARIABLES + " WHERE app = ANY(?::uuid[])", variables::add, ids);
            return apps(session.list(APPS + " WHERE a.id = ANY(?::uuid[])", row -> app(row, variables), ids));
        });
        var apps = new HashMap<>(shelf.current().value().apps());
        apps.keySet().removeAll(changed);
        apps.putAll(fresh);
        return new Desired(apps);
    }

    private static Map<AppId, DesiredApp> apps(List<Optional<DesiredApp>> rows) {
        var apps = new HashMap<AppId, DesiredApp>();
        rows.forEach(row -> row.ifPresent(app -> apps.put(app.app(), app)));
        return apps;
    }

    /** Values of variables, as their rows are read. */
    private static final class ValuesByApp {
        private final Map<UUID, Map<String, String>> byApp = new HashMap<>();

        /** Adds a row's; how many its app has now. */
        int add(ResultSet row) throws SQLException {
            var values = byApp.computeIfAbsent(row.getObject("app", UUID.class), ignored -> new HashMap<>());
            values.put(row.getString("name"), row.getString("value"));
            return values.size();
        }

        Map<String, String> of(UUID app) {
            return byApp.getOrDefault(app, Map.of());
        }
    }

    /** Empty for a row that makes no sense: that is one app's misfortune, not all apps'. */
    private Optional<DesiredApp> app(ResultSet row, ValuesByApp variables) throws SQLException {
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
                    variables.of(id),
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

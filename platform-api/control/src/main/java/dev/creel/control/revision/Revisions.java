package dev.creel.control.revision;

import dev.creel.contract.ProblemCode;
import dev.creel.contract.ProblemException;
import dev.creel.contract.app.AppId;
import dev.creel.contract.app.RevisionId;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.artifact.Artifacts;
import dev.creel.control.app.StorageId;
import dev.creel.control.database.Database;
import dev.creel.control.database.Session;
import dev.creel.control.page.Page;
import dev.creel.control.page.PageRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The revisions in PostgreSQL. Thread-safe. */
public final class Revisions {
    private final Database database;
    private final Artifacts artifacts;
    private final RevisionLimits limits;
    private final InstantSource clock;

    /** Over an open database and the store that applications are pushed to. */
    public Revisions(Database database, Artifacts artifacts, RevisionLimits limits, InstantSource clock) {
        this.database = database;
        this.artifacts = artifacts;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Makes what was last pushed under {@code version} the newest revision of its app. Deploys of one app take turns, and
     * each looks at the tag in its turn: so the last one to finish always stands for the last push.
     *
     * @return the app
     */
    AppId register(TenantId tenant, String storageId, String version) {
        var repository = StorageId.repository(tenant, storageId);
        return database.transaction(session -> {
            var app = lockApp(session, tenant, storageId);
            PushedApp pushed;
            try {
                pushed = PushedApp.read(artifacts, repository, version, limits.lockedAppMax());
            } catch (IOException e) {
                throw new UncheckedIOException("reading " + repository + ":" + version, e);
            }
            if (!isNewest(session, app, version, pushed)) {
                insert(session, app, version, repository.path(), pushed);
            }
            session.change(
                    "UPDATE apps SET description = ?, modified = ? WHERE id = ?",
                    pushed.app().description().replace("\0", ""),
                    clock.instant(),
                    app);
            return new AppId(app);
        });
    }

    Page<RevisionItem> list(TenantId tenant, Optional<String> text, PageRequest page) {
        var where = " FROM revisions r JOIN apps a ON a.id = r.app WHERE a.tenant = ?"
                + " AND position(lower(?) IN lower(r.version)) > 0";
        return database.snapshot(session -> {
            int total = session.count("SELECT count(*)" + where, tenant.value(), text.orElse(""));
            var items = session.list(
                    "SELECT r.id, r.app, r.version, r.manifest, r.state, r.reason, r.created" + where
                            + " ORDER BY r.sequence DESC LIMIT ? OFFSET ?",
                    Revisions::read,
                    tenant.value(),
                    text.orElse(""),
                    page.limit(),
                    page.offset());
            return Page.of(page, items, total);
        });
    }

    private static UUID lockApp(Session session, TenantId tenant, String storageId) throws SQLException {
        return session.first(
                        "SELECT id FROM apps WHERE tenant = ? AND storage_id = ? FOR UPDATE",
                        row -> row.getObject(1, UUID.class),
                        tenant.value(),
                        storageId)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_FOUND,
                        "There is no app with the storage id '" + storageId + "'; create it first."));
    }

    /** Whether the app already has exactly this as its newest revision, and it has not failed: then there is nothing to do. */
    private static boolean isNewest(Session session, UUID app, String version, PushedApp pushed) throws SQLException {
        return session.first(
                        "SELECT version, manifest, state FROM revisions WHERE app = ? ORDER BY sequence DESC LIMIT 1",
                        row -> row.getString("version").equals(version)
                                && row.getString("manifest")
                                        .equals(pushed.manifest().toString())
                                && !row.getString("state").equals("failed"),
                        app)
                .orElse(false);
    }

    private void insert(Session session, UUID app, String version, String repository, PushedApp pushed)
            throws SQLException {
        session.change(
                """
                INSERT INTO revisions (id, app, version, repository, manifest, locked_app, state, created)
                VALUES (?, ?, ?, ?, ?, ?, 'pending', ?)
                """,
                RevisionId.random().value(),
                app,
                version,
                repository,
                pushed.manifest().toString(),
                pushed.document(),
                clock.instant());
        session.change("""
                DELETE FROM revisions r USING apps a
                WHERE r.app = ? AND a.id = r.app AND r.id IS DISTINCT FROM a.serving
                AND r.sequence <= (SELECT sequence FROM revisions WHERE app = ? ORDER BY sequence DESC OFFSET ? LIMIT 1)
                """, app, app, limits.keptMax());
    }

    private static RevisionItem read(ResultSet row) throws SQLException {
        return new RevisionItem(
                row.getString("id"),
                row.getString("app"),
                row.getString("version"),
                List.of(),
                Session.instant(row, "created").toString(),
                row.getString("manifest"),
                row.getString("state"),
                Optional.ofNullable(row.getString("reason")));
    }
}

package dev.creel.control.app;

import dev.creel.contract.ProblemCode;
import dev.creel.contract.ProblemException;
import dev.creel.contract.app.AppId;
import dev.creel.contract.app.HostName;
import dev.creel.contract.app.TenantId;
import dev.creel.control.database.Database;
import dev.creel.control.database.Session;
import dev.creel.control.page.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** The applications in PostgreSQL. What another tenant has does not exist. Thread-safe. */
public final class Apps {
    private static final int HOST_ATTEMPTS = 10;
    private static final String SELECT = """
            SELECT a.id, a.name, a.storage_id, a.description, a.host, a.created, a.modified,
                   n.version, n.state, n.reason, a.serving IS NOT NULL AS serves
            FROM apps a
            LEFT JOIN LATERAL (SELECT version, state, reason FROM revisions r
                               WHERE r.app = a.id ORDER BY sequence DESC LIMIT 1) n ON true
            WHERE a.tenant = ?
            """;

    private final Database database;
    private final AppAddresses addresses;
    private final int appsMax;
    private final InstantSource clock;

    /** Over an open database; each tenant may have {@code appsMax} apps. */
    public Apps(Database database, AppAddresses addresses, int appsMax, InstantSource clock) {
        this.database = database;
        this.addresses = addresses;
        this.appsMax = appsMax;
        this.clock = clock;
    }

    AppId create(TenantId tenant, NewApp app) {
        return database.transaction(session -> {
            // Makes the creations of one tenant wait for each other, so that the limit holds.
            session.first("SELECT 1 FROM tenants WHERE id = ? FOR NO KEY UPDATE", row -> row.getInt(1), tenant.value());
            requireRoom(session, tenant);
            requireNew(session, tenant, app);
            return insert(session, tenant, app);
        });
    }

    Page<App> search(TenantId tenant, AppSearch search) {
        var condition = search.text().isEmpty()
                ? " AND ?::text IS NULL"
                : search.exact() ? " AND a.name = ?" : " AND position(lower(?) IN lower(a.name)) > 0";
        var text = search.text().orElse(null);
        return database.snapshot(session -> {
            int total =
                    session.count("SELECT count(*) FROM apps a WHERE a.tenant = ?" + condition, tenant.value(), text);
            var items = session.list(
                    SELECT + condition + search.orderClause() + " LIMIT ? OFFSET ?",
                    Apps::read,
                    tenant.value(),
                    text,
                    search.page().limit(),
                    search.page().offset());
            return Page.of(search.page(), items, total);
        });
    }

    App require(TenantId tenant, AppId id) {
        return database.transaction(
                        session -> session.first(SELECT + " AND a.id = ?", Apps::read, tenant.value(), id.value()))
                .orElseThrow(() -> unknown(id));
    }

    /** Refuses unless {@code tenant} has this app. */
    public void requireOwn(Session session, TenantId tenant, AppId id) throws SQLException {
        if (session.count("SELECT count(*) FROM apps WHERE tenant = ? AND id = ?", tenant.value(), id.value()) == 0) {
            throw unknown(id);
        }
    }

    void delete(TenantId tenant, AppId id) {
        int deleted = database.transaction(
                session -> session.change("DELETE FROM apps WHERE tenant = ? AND id = ?", tenant.value(), id.value()));
        if (deleted == 0) {
            throw unknown(id);
        }
    }

    private void requireRoom(Session session, TenantId tenant) throws SQLException {
        if (session.count("SELECT count(*) FROM apps WHERE tenant = ?", tenant.value()) >= appsMax) {
            throw new ProblemException(
                    ProblemCode.TOO_MANY, "You have " + appsMax + " apps, which is the limit; delete one first.");
        }
    }

    private static void requireNew(Session session, TenantId tenant, NewApp app) throws SQLException {
        int same = session.count(
                "SELECT count(*) FROM apps WHERE tenant = ? AND (name = ? OR storage_id = ?)",
                tenant.value(),
                app.name(),
                app.storageId());
        if (same > 0) {
            throw new ProblemException(
                    ProblemCode.CONFLICT,
                    "An app named '" + app.name() + "' already exists; deploy to it, or delete it first.");
        }
    }

    private AppId insert(Session session, TenantId tenant, NewApp app) throws SQLException {
        var id = AppId.random();
        var now = clock.instant();
        for (int attempt = 0; attempt < HOST_ATTEMPTS; attempt++) {
            var host = attempt == 0 ? addresses.host(app.name()) : addresses.anotherHost(app.name());
            int made = session.change(
                    """
                    INSERT INTO apps (id, tenant, name, storage_id, host, created, modified)
                    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT ON CONSTRAINT apps_host DO NOTHING
                    """, id.value(), tenant.value(), app.name(), app.storageId(), host.value(), now, now);
            if (made == 1) {
                return id;
            }
        }
        throw new ProblemException(
                ProblemCode.CONFLICT, "No free host name was found for '" + app.name() + "'; choose another name.");
    }

    private static App read(ResultSet row) throws SQLException {
        var state = row.getString("state");
        return new App(
                new AppId(row.getObject("id", UUID.class)),
                row.getString("name"),
                row.getString("storage_id"),
                row.getString("description"),
                new HostName(row.getString("host")),
                Session.instant(row, "created"),
                Session.instant(row, "modified"),
                Optional.ofNullable(row.getString("version")),
                state(state == null ? "pending" : state, row.getBoolean("serves")),
                Optional.ofNullable(row.getString("reason")));
    }

    private static AppState state(String newest, boolean serves) {
        return switch (newest) {
            case "ready" -> AppState.READY;
            case "failed" -> serves ? AppState.DEGRADED : AppState.FAILED;
            default -> AppState.DEPLOYING;
        };
    }

    private static ProblemException unknown(AppId id) {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no app with the id " + id + ".");
    }
}

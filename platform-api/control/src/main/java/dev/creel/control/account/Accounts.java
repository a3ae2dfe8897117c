package dev.creel.control.account;

import dev.creel.contract.app.Authenticator;
import dev.creel.contract.app.TenantId;
import dev.creel.control.database.Database;
import dev.creel.control.database.Session;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** Tenants and their tokens in PostgreSQL. A token is shown once, when it is made; only its hash is kept. Thread-safe. */
public final class Accounts implements Authenticator {
    private static final String OWNER = "owner";
    private final Database database;
    private final InstantSource clock;

    /** Over an open database. */
    public Accounts(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Makes the owner's account and its token at the first start, and returns the token; empty at every later start. */
    public Optional<String> ensureOwner() {
        return database.transaction(session -> {
            var owner = new TenantId(UUID.randomUUID());
            return insert(session, owner, OWNER) ? Optional.of(issue(session, owner, "first start")) : Optional.empty();
        });
    }

    /**
     * Makes a further token for the owner, for a first one that was lost before it could be kept.
     *
     * @throws IllegalStateException before {@link #ensureOwner}
     */
    public String issueOwnerToken(String name) {
        return issueToken(
                tenantNamed(OWNER).orElseThrow(() -> new IllegalStateException("there is no owner yet")), name);
    }

    /** The account with this name. */
    public Optional<TenantId> tenantNamed(String name) {
        return database.transaction(session -> session.first(
                "SELECT id FROM tenants WHERE name = ?", row -> new TenantId(row.getObject(1, UUID.class)), name));
    }

    /** Whether this is the account that owns the platform. */
    public boolean isOwner(TenantId tenant) {
        return tenantNamed(OWNER).filter(tenant::equals).isPresent();
    }

    /** Makes a further account, or returns the one that has the name. */
    public TenantId ensureTenant(String name) {
        database.transaction(session -> insert(session, new TenantId(UUID.randomUUID()), name));
        return tenantNamed(name).orElseThrow();
    }

    /** Makes a token for {@code tenant}; {@code name} says for people what it is for. Others stay good. */
    public String issueToken(TenantId tenant, String name) {
        return database.transaction(session -> issue(session, tenant, name));
    }

    @Override
    public Optional<TenantId> tenant(String token) {
        if (!ApiToken.isWellFormed(token)) {
            return Optional.empty();
        }
        return database.transaction(session -> session.first(
                "SELECT tenant FROM tokens WHERE hash = ?",
                row -> new TenantId(row.getObject(1, UUID.class)),
                new ApiToken(token).hash()));
    }

    private boolean insert(Session session, TenantId tenant, String name) throws SQLException {
        int made = session.change(
                "INSERT INTO tenants (id, name, created) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING",
                tenant.value(),
                name,
                clock.instant());
        return made == 1;
    }

    private String issue(Session session, TenantId tenant, String name) throws SQLException {
        var token = ApiToken.random();
        session.change(
                "INSERT INTO tokens (hash, tenant, name, created) VALUES (?, ?, ?, ?)",
                token.hash(),
                tenant.value(),
                name,
                clock.instant());
        return token.text();
    }
}

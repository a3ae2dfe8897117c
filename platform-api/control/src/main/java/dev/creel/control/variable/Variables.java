package dev.creel.control.variable;

import dev.creel.contract.ProblemCode;
import dev.creel.contract.ProblemException;
import dev.creel.contract.app.AppId;
import dev.creel.contract.app.TenantId;
import dev.creel.control.app.Apps;
import dev.creel.control.database.Database;
import dev.creel.control.database.Session;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;

/** The variables in PostgreSQL. Thread-safe. */
public final class Variables {
    /** As in a manifest: lower-case words joined by underscores. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

    private static final int NAME_MAX = 256;
    private final Database database;
    private final Apps apps;
    private final VariableLimits limits;

    /** Over an open database. */
    public Variables(Database database, Apps apps, VariableLimits limits) {
        this.database = database;
        this.apps = apps;
        this.limits = limits;
    }

    /** Sets or replaces one. It may come before the revision that declares it, and after. */
    void set(TenantId tenant, AppId app, String name, String value) {
        check(name, value);
        database.transaction(session -> {
            apps.requireOwn(session, tenant, app);
            int rows = session.change("""
                    INSERT INTO variables (app, name, value) VALUES (?, ?, ?)
                    ON CONFLICT (app, name) DO UPDATE SET value = EXCLUDED.value
                    """, app.value(), name, value);
            requireRoom(session, app);
            return rows;
        });
    }

    /** Takes one away; the default of the locked app is its value again. One that is not set is fine. */
    void unset(TenantId tenant, AppId app, String name) {
        database.transaction(session -> {
            apps.requireOwn(session, tenant, app);
            return session.change("DELETE FROM variables WHERE app = ? AND name = ?", app.value(), name);
        });
    }

    List<String> names(TenantId tenant, AppId app) {
        return database.transaction(session -> {
            apps.requireOwn(session, tenant, app);
            return session.list(
                    "SELECT name FROM variables WHERE app = ? ORDER BY name", row -> row.getString(1), app.value());
        });
    }

    private void check(String name, String value) {
        if (name.length() > NAME_MAX || !NAME.matcher(name).matches()) {
            throw new ProblemException(
                    ProblemCode.INVALID,
                    "'" + name + "' is not the name of a variable: lower-case letters and digits, joined by '_'.");
        }
        if (value.indexOf('\0') >= 0) {
            throw new ProblemException(
                    ProblemCode.INVALID, "The value of '" + name + "' must not contain a NUL character.");
        }
        if (value.getBytes(StandardCharsets.UTF_8).length > limits.valueMax().bytes()) {
            throw new ProblemException(
                    ProblemCode.TOO_LARGE,
                    "The value of '" + name + "' is larger than " + limits.valueMax() + ", which is the limit.");
        }
    }

    /** Counts after the change, so that replacing a value always works; two changes at once may exceed it by one. */
    private void requireRoom(Session session, AppId app) throws SQLException {
        if (session.count("SELECT count(*) FROM variables WHERE app = ?", app.value()) > limits.perAppMax()) {
            throw new ProblemException(
                    ProblemCode.TOO_MANY,
                    "The app has " + limits.perAppMax() + " variables, which is the limit; delete one first.");
        }
    }
}

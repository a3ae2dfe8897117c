package dev.creel.control.numbers;

import dev.creel.contract.app.AppId;
import dev.creel.control.database.Database;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** What applications and their tenants are called. */
final class AppNames {
    private final Database database;

    AppNames(Database database) {
        this.database = database;
    }

    /** An application's name and its tenant's. */
    record Name(String app, String tenant) {}

    /** Of those that there still are. */
    Map<AppId, Name> of(Collection<AppId> apps) {
        if (apps.isEmpty()) {
            return Map.of();
        }
        var ids = apps.stream().map(AppId::toString).collect(Collectors.joining(","));
        var names = new HashMap<AppId, Name>();
        database.transaction(session -> session.list(
                "SELECT a.id, a.name, t.name FROM apps a JOIN tenants t ON t.id = a.tenant"
                        + " WHERE a.id = ANY (string_to_array(?, ',')::uuid[])",
                row -> names.put(new AppId(row.getObject(1, UUID.class)), new Name(row.getString(2), row.getString(3))),
                ids));
        return names;
    }
}

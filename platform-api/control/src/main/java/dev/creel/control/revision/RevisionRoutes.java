package dev.creel.control.revision;

import dev.creel.chassis.http.HttpExchange;
import dev.creel.chassis.http.HttpFields;
import dev.creel.chassis.http.PathValues;
import dev.creel.chassis.http.Routes;
import dev.creel.chassis.json.Json;
import dev.creel.contract.app.AppId;
import dev.creel.contract.app.TenantId;
import dev.creel.control.account.Login;
import dev.creel.control.page.PageRequest;
import java.io.IOException;
import java.util.function.Consumer;

/** {@code /api/revisions}. */
public final class RevisionRoutes {
    private final Revisions revisions;
    private final Consumer<AppId> changed;

    /** Tells {@code changed} which app's revision or variables were changed. */
    public RevisionRoutes(Revisions revisions, Consumer<AppId> changed) {
        this.revisions = revisions;
        this.changed = changed;
    }

    /** Adds the slice's paths. */
    public void addTo(Routes routes, Login login) {
        routes.get("/api/revisions", login.required(this::list)).post("/api/revisions", login.required(this::register));
    }

    private void list(HttpExchange http, PathValues values, TenantId tenant) {
        http.json(200, revisions.list(tenant, http.parameter("searchText"), PageRequest.of(http)));
    }

    /** Means "deploy what I pushed"; sent again after each push, mostly with the same version. */
    private void register(HttpExchange http, PathValues values, TenantId tenant) throws IOException {
        var command = Json.read(http.bodyBytes(), RegisterRevisionCommand.class);
        changed.accept(revisions.register(tenant, command.appStorageId(), command.revisionNumber()));
        http.respond(200, HttpFields.NONE, new byte[0]);
    }

    /** What the client sends. */
    record RegisterRevisionCommand(String appStorageId, String revisionNumber) {}
}

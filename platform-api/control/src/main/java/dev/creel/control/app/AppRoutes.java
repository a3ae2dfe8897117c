package dev.creel.control.app;

import dev.creel.chassis.http.HttpExchange;
import dev.creel.chassis.http.HttpFields;
import dev.creel.chassis.http.PathValues;
import dev.creel.chassis.http.Routes;
import dev.creel.chassis.json.Json;
import dev.creel.contract.ProblemCode;
import dev.creel.contract.ProblemException;
import dev.creel.contract.app.AppId;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.logs.GuestLogs;
import dev.creel.control.account.Login;
import dev.creel.control.page.Page;
import java.io.IOException;
import java.util.function.Consumer;

/** {@code /api/apps}. */
public final class AppRoutes {
    private final Apps apps;
    private final AppAddresses addresses;
    private final GuestLogs logs;
    private final Consumer<AppId> changed;

    /** Tells {@code changed} which app's revision or variables were changed; forgets the {@code logs} of what was deleted. */
    public AppRoutes(Apps apps, AppAddresses addresses, GuestLogs logs, Consumer<AppId> changed) {
        this.apps = apps;
        this.addresses = addresses;
        this.logs = logs;
        this.changed = changed;
    }

    /** Adds the slice's paths. */
    public void addTo(Routes routes, Login login) {
        routes.get("/api/apps", login.required(this::list))
                .post("/api/apps", login.required(this::create))
                .get("/api/apps/{id}", login.required(this::read))
                .delete("/api/apps/{id}", login.required(this::delete));
    }

    /** Reads the id in a path or a body, or refuses. */
    public static AppId id(String text) {
        try {
            return AppId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.INVALID, e.getMessage() + ".", e);
        }
    }

    private void list(HttpExchange http, PathValues values, TenantId tenant) {
        var page = apps.search(tenant, AppSearch.of(http));
        var items = page.items().stream().map(app -> AppItem.of(app, addresses)).toList();
        http.json(200, new Page<>(items, page.totalItems(), page.pageIndex(), page.pageSize(), page.isLastPage()));
    }

    /** The answer is the bare id, which the client parses as a JSON string. */
    private void create(HttpExchange http, PathValues values, TenantId tenant) throws IOException {
        http.json(200, apps.create(tenant, newApp(http)).toString());
    }

    private void read(HttpExchange http, PathValues values, TenantId tenant) {
        http.json(200, AppItem.of(apps.require(tenant, id(values.text("id"))), addresses));
    }

    private void delete(HttpExchange http, PathValues values, TenantId tenant) {
        var id = id(values.text("id"));
        apps.delete(tenant, id);
        changed.accept(id);
        logs.forget(id);
        http.respond(200, HttpFields.NONE, new byte[0]);
    }

    private static NewApp newApp(HttpExchange http) throws IOException {
        var wire = Json.read(http.bodyBytes(), CreateAppCommand.class);
        return new NewApp(wire.name(), wire.storageId());
    }

    /** What the client sends; apart from {@link NewApp}, so that its refusals are not wrapped by the JSON reader. */
    record CreateAppCommand(String name, String storageId) {}
}

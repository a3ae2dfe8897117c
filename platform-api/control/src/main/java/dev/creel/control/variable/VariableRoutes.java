package dev.creel.control.variable;

import dev.creel.chassis.http.HttpExchange;
import dev.creel.chassis.http.HttpFields;
import dev.creel.chassis.http.PathValues;
import dev.creel.chassis.http.Routes;
import dev.creel.chassis.json.Json;
import dev.creel.contract.app.AppId;
import dev.creel.contract.app.TenantId;
import dev.creel.control.account.Login;
import dev.creel.control.app.AppRoutes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** {@code /api/variable-pairs}. The client sends bodies with {@code GET} and {@code DELETE}, too. */
public final class VariableRoutes {
    private static final String PATH = "/api/variable-pairs";
    private final Variables variables;
    private final Consumer<AppId> changed;

    /** Tells {@code changed} which app's revision or variables were changed. */
    public VariableRoutes(Variables variables, Consumer<AppId> changed) {
        this.variables = variables;
        this.changed = changed;
    }

    /** Adds the slice's paths. */
    public void addTo(Routes routes, Login login) {
        routes.get(PATH, login.required(this::list))
                .post(PATH, login.required(this::set))
                .delete(PATH, login.required(this::unset));
    }

    /** Each name is a JSON document inside a string (reference spin-deploy §9.2). Values are never shown. */
    private void list(HttpExchange http, PathValues values, TenantId tenant) throws IOException {
        var query = Json.read(http.bodyBytes(), GetVariablesQuery.class);
        var names = variables.names(tenant, AppRoutes.id(query.appId()));
        http.json(
                200,
                new VariablesList(names.stream()
                        .map(name -> Json.text(Map.of("key", name)))
                        .toList()));
    }

    private void set(HttpExchange http, PathValues values, TenantId tenant) throws IOException {
        var command = Json.read(http.bodyBytes(), CreateVariablePairCommand.class);
        var app = AppRoutes.id(command.appId());
        variables.set(tenant, app, command.variable(), command.value());
        changed.accept(app);
        http.respond(200, HttpFields.NONE, new byte[0]);
    }

    private void unset(HttpExchange http, PathValues values, TenantId tenant) throws IOException {
        var command = Json.read(http.bodyBytes(), DeleteVariablePairCommand.class);
        var app = AppRoutes.id(command.appId());
        variables.unset(tenant, app, command.variable());
        changed.accept(app);
        http.respond(200, HttpFields.NONE, new byte[0]);
    }

    record GetVariablesQuery(String appId) {}

    record CreateVariablePairCommand(String appId, String variable, String value) {}

    record DeleteVariablePairCommand(String appId, String variable) {}

    record VariablesList(List<String> vars) {}
}

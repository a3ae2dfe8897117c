package dev.creel.control.numbers;

import dev.creel.chassis.http.HttpExchange;
import dev.creel.chassis.http.HttpFields;
import dev.creel.chassis.http.PathValues;
import dev.creel.chassis.http.Routes;
import dev.creel.chassis.json.NumbersJson;
import dev.creel.contract.ProblemCode;
import dev.creel.contract.ProblemException;
import dev.creel.contract.app.AppId;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.numbers.AppNumbers;
import dev.creel.control.account.Accounts;
import dev.creel.control.account.Login;
import dev.creel.control.database.Database;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code /admin/v1/numbers} and {@code /admin/v1/metrics}: what all nodes do, for the owner of the platform. */
public final class NumbersRoutes {
    private final NodeQuestions nodes;
    private final Accounts accounts;
    private final AppNames names;
    private final NumbersConfig config;

    /** Over the nodes of the board. */
    public NumbersRoutes(NodeQuestions nodes, Accounts accounts, Database database, NumbersConfig config) {
        this.nodes = nodes;
        this.accounts = accounts;
        this.names = new AppNames(database);
        this.config = config;
    }

    /** Adds the slice's paths. */
    public void addTo(Routes routes, Login login) {
        routes.get("/admin/v1/numbers", login.required(this::numbers))
                .get("/admin/v1/metrics", login.required(this::metrics));
    }

    private void numbers(HttpExchange http, PathValues values, TenantId tenant) {
        mustBeOwner(tenant);
        var answers = nodes.ask();
        var document = new LinkedHashMap<String, Object>();
        document.put("nodes", answers.stream().map(NumbersRoutes::node).toList());
        document.put("apps", named(answers));
        http.json(200, document);
    }

    private static Map<String, Object> node(NodeAnswer answer) {
        var document = new LinkedHashMap<String, Object>();
        document.put("node", answer.node().value());
        document.put("endpoint", answer.endpoint().toString());
        switch (answer) {
            case NodeAnswer.Told told -> document.put("numbers", NumbersJson.document(told.numbers()));
            case NodeAnswer.Silent silent -> document.put("problem", silent.why());
        }
        return document;
    }

    private List<Map<String, Object>> named(List<NodeAnswer> answers) {
        var named = new ArrayList<Map<String, Object>>();
        names.of(apps(answers)).forEach((app, name) -> {
            var document = new LinkedHashMap<String, Object>();
            document.put("app", app.toString());
            document.put("name", name.app());
            document.put("tenant", name.tenant());
            named.add(document);
        });
        return named;
    }

    private static Set<AppId> apps(List<NodeAnswer> answers) {
        return answers.stream()
                .filter(NodeAnswer.Told.class::isInstance)
                .flatMap(answer -> ((NodeAnswer.Told) answer).numbers().apps().stream())
                .map(AppNumbers::app)
                .collect(Collectors.toSet());
    }

    private void metrics(HttpExchange http, PathValues values, TenantId tenant) {
        mustBeOwner(tenant);
        var answers = nodes.ask();
        var text = Metrics.of(answers, names.of(apps(answers)), config.appsInMetrics());
        http.respond(
                200,
                HttpFields.of("content-type", "text/plain; version=0.0.4; charset=utf-8"),
                text.getBytes(StandardCharsets.UTF_8));
    }

    private void mustBeOwner(TenantId tenant) {
        if (!accounts.isOwner(tenant)) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN,
                    "The numbers of all applications are for the owner of the platform; use the owner's token.");
        }
    }
}

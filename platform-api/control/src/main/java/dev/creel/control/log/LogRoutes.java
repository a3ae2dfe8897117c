package dev.creel.control.log;

import dev.creel.chassis.http.HttpExchange;
import dev.creel.chassis.http.PathValues;
import dev.creel.chassis.http.Routes;
import dev.creel.contract.ProblemCode;
import dev.creel.contract.ProblemException;
import dev.creel.contract.app.AppId;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.logs.GuestLine;
import dev.creel.contract.logs.GuestLogs;
import dev.creel.control.account.Login;
import dev.creel.control.app.AppRoutes;
import dev.creel.control.app.Apps;
import dev.creel.control.database.Database;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** {@code /api/apps/{id}/logs} and {@code …/logs/raw} (reference spin-deploy §9.1). */
public final class LogRoutes {
    /** What one answer holds at most; who follows asks again. */
    private static final int LINES_MAX = 1000;

    private final Database database;
    private final Apps apps;
    private final GuestLogs logs;

    /** Over the logs of all apps. */
    public LogRoutes(Database database, Apps apps, GuestLogs logs) {
        this.database = database;
        this.apps = apps;
        this.logs = logs;
    }

    /** Adds the slice's paths. */
    public void addTo(Routes routes, Login login) {
        routes.get("/api/apps/{id}/logs/raw", login.required(this::raw))
                .get("/api/apps/{id}/logs", login.required(this::plain));
    }

    /** Newest entry first, oldest line first in each: the client prints the entries backwards. */
    private void raw(HttpExchange http, PathValues values, TenantId tenant) {
        var app = AppRoutes.id(values.text("id"));
        var entries = new ArrayList<LogEntry>();
        for (var line : read(http, tenant, app)) {
            var wire = LogLine.of(line);
            var last = entries.isEmpty() ? null : entries.getLast();
            if (last != null && last.meta().componentId().equals(line.component())) {
                last.logLines().add(wire);
            } else {
                var lines = new ArrayList<LogLine>();
                lines.add(wire);
                entries.add(new LogEntry(new LogMeta(app.toString(), line.component()), lines));
            }
        }
        http.json(200, new RawLogs(entries.reversed()));
    }

    private void plain(HttpExchange http, PathValues values, TenantId tenant) {
        var lines = read(http, tenant, AppRoutes.id(values.text("id")));
        http.json(200, new PlainLogs(lines.stream().map(GuestLine::text).toList()));
    }

    private List<GuestLine> read(HttpExchange http, TenantId tenant, AppId app) {
        database.transaction(session -> {
            apps.requireOwn(session, tenant, app);
            return true;
        });
        return logs.read(app, since(http), max(http));
    }

    /** Also takes the times that we send, which the client sends back to go on after them. */
    private static Instant since(HttpExchange http) {
        var text = http.parameter("since").orElse("");
        if (text.isEmpty()) {
            return Instant.EPOCH;
        }
        try {
            // A client that forgot to escape its '+' sends a space.
            return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            throw new ProblemException(
                    ProblemCode.INVALID,
                    "The parameter since must be a time like 2030-01-31T12:00:00Z, not '" + text + "'.",
                    e);
        }
    }

    private static int max(HttpExchange http) {
        var text = http.parameter("max").orElse("");
        try {
            int max = text.isEmpty() ? LINES_MAX : Integer.parseInt(text);
            if (max >= 0) {
                return Math.min(LINES_MAX, max);
            }
        } catch (NumberFormatException e) {
            // the same refusal
        }
        throw new ProblemException(
                ProblemCode.INVALID, "The parameter max must be a whole number from 0, not '" + text + "'.");
    }

    record RawLogs(List<LogEntry> entries) {}

    record LogEntry(LogMeta meta, List<LogLine> logLines) {}

    record LogMeta(String appId, String componentId) {}

    record LogLine(String time, String source, String line) {
        static LogLine of(GuestLine line) {
            var source = switch (line.source()) {
                case STDOUT -> "stdout";
                case STDERR -> "stderr";
            };
            return new LogLine(line.time().toString(), source, line.text());
        }
    }

    record PlainLogs(List<String> logs) {}
}

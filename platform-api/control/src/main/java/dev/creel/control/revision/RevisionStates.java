package dev.creel.control.revision;

import dev.creel.contract.app.AppId;
import dev.creel.contract.app.RevisionId;
import dev.creel.contract.board.Image;
import dev.creel.contract.board.Routes;
import dev.creel.contract.board.Shelf;
import dev.creel.control.database.Database;
import dev.creel.control.database.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what became of revisions: a route that serves one makes it ready, with what there is to say of it, and the one to
 * fall back to; a refusal by every node makes it failed, with its reason. Only what differs from the last image costs a statement. Runs on a thread of
 * its own until closed.
 */
public final class RevisionStates implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RevisionStates.class);
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final int REASON_MAX = 4000;

    private record Served(RevisionId revision, Optional<String> note) {}

    private final Shelf<Routes> routes;
    private final Database database;
    private final Consumer<AppId> changed;
    private final Thread thread;
    private Map<AppId, Served> served = Map.of();
    private Map<RevisionId, String> refused = Map.of();
    private Map<RevisionId, String> notes = Map.of();

    private RevisionStates(Shelf<Routes> routes, Database database, Consumer<AppId> changed) {
        this.routes = routes;
        this.database = database;
        this.changed = changed;
        this.thread = Thread.ofVirtual().name("revision-states").unstarted(this::follow);
    }

    /** Begins to follow; tells {@code changed} for which apps what should serve has changed. */
    public static RevisionStates start(Shelf<Routes> routes, Database database, Consumer<AppId> changed) {
        var states = new RevisionStates(routes, database, changed);
        states.thread.start();
        return states;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        // -1, so that the image that is there already counts as new.
        var image = new Image<>(-1, Routes.NONE);
        while (!Thread.currentThread().isInterrupted()) {
            try {
                image = routes.awaitNewer(image.version(), WAIT);
                apply(image.value());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("The states of revisions could not be written; trying again", e);
                image = new Image<>(-1, Routes.NONE);
                if (!pause()) {
                    return;
                }
            }
        }
    }

    private void apply(Routes routes) {
        var nowServed = served(routes);
        var nowRefused = routes.refused();
        var freshServed = news(nowServed, served);
        var freshRefused = news(nowRefused, refused);
        var freshNotes = news(routes.notes(), notes);
        if (!freshServed.isEmpty() || !freshRefused.isEmpty() || !freshNotes.isEmpty()) {
            write(freshServed, freshRefused, freshNotes).forEach(changed);
        }
        served = nowServed;
        refused = nowRefused;
        notes = routes.notes();
    }

    /** What is not in {@code before} as it is now. */
    private static <K, V> Map<K, V> news(Map<K, V> now, Map<K, V> before) {
        var fresh = new HashMap<K, V>();
        now.forEach((key, value) -> {
            if (!value.equals(before.get(key))) {
                fresh.put(key, value);
            }
        });
        return fresh;
    }

    /** Returns the apps of which a row changed in what should run. */
    private List<AppId> write(
            Map<AppId, Served> freshServed, Map<RevisionId, String> freshRefused, Map<RevisionId, String> freshNotes) {
        return database.transaction(session -> {
            var apps = new ArrayList<AppId>();
            for (var entry : freshServed.entrySet()) {
                if (ready(session, entry.getKey(), entry.getValue()) > 0) {
                    apps.add(entry.getKey());
                }
            }
            for (var entry : freshRefused.entrySet()) {
                failed(session, entry.getKey(), entry.getValue());
            }
            for (var entry : freshNotes.entrySet()) {
                pending(session, entry.getKey(), entry.getValue());
            }
            return apps;
        });
    }

    private static int ready(Session session, AppId app, Served served) throws SQLException {
        var revision = served.revision().value();
        var note = served.note().map(RevisionStates::cut).orElse(null);
        return session.change("""
                        UPDATE revisions SET state = 'ready', reason = ?::text WHERE id = ? AND app = ?
                        AND (state <> 'ready' OR reason IS DISTINCT FROM ?::text)
                        """, note, revision, app.value(), note) + session.change("""
                        UPDATE apps a SET serving = r.id FROM revisions r
                        WHERE a.id = ? AND r.id = ? AND r.app = a.id AND a.serving IS DISTINCT FROM r.id
                        """, app.value(), revision);
    }

    /** What should run stays the same. */
    private static void failed(Session session, RevisionId revision, String reason) throws SQLException {
        session.change("UPDATE revisions SET state = 'failed', reason = ? WHERE id = ?", cut(reason), revision.value());
    }

    /** How far it is; of one that runs, {@link #ready} has written what there is to say. */
    private static void pending(Session session, RevisionId revision, String progress) throws SQLException {
        session.change(
                "UPDATE revisions SET reason = ? WHERE id = ? AND state = 'pending'", cut(progress), revision.value());
    }

    private static String cut(String reason) {
        var clean = reason.replace("\0", "");
        return clean.substring(0, Math.min(REASON_MAX, clean.length()));
    }

    private static Map<AppId, Served> served(Routes routes) {
        var served = new HashMap<AppId, Served>();
        routes.byHost()
                .values()
                .forEach(route -> served.put(
                        route.app(),
                        new Served(
                                route.revision(),
                                Optional.ofNullable(routes.notes().get(route.revision())))));
        return served;
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}

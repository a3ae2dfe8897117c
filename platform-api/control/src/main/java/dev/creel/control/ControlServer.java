package dev.creel.control;

import dev.creel.chassis.http.HttpListener;
import dev.creel.chassis.http.Routes;
import dev.creel.contract.artifact.Artifacts;
import dev.creel.contract.board.Board;
import dev.creel.contract.logs.GuestLogs;
import dev.creel.control.account.Accounts;
import dev.creel.control.account.Login;
import dev.creel.control.app.AppRoutes;
import dev.creel.control.app.Apps;
import dev.creel.control.database.Database;
import dev.creel.control.desired.DesiredPublisher;
import dev.creel.control.log.LogRoutes;
import dev.creel.control.numbers.NodeQuestions;
import dev.creel.control.numbers.NumbersRoutes;
import dev.creel.control.revision.RevisionRoutes;
import dev.creel.control.revision.RevisionStates;
import dev.creel.control.revision.Revisions;
import dev.creel.control.variable.VariableRoutes;
import dev.creel.control.variable.Variables;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.InstantSource;

/**
 * The running control plane. The order of {@link #start} is the order of a deploy: who calls, which app, which revision,
 * then what should run, and what became of it.
 */
public final class ControlServer implements AutoCloseable {
    private final HttpListener listener;
    private final DesiredPublisher desired;
    private final RevisionStates states;
    private final NodeQuestions nodes;

    private ControlServer(HttpListener listener, DesiredPublisher desired, RevisionStates states, NodeQuestions nodes) {
        this.listener = listener;
        this.desired = desired;
        this.states = states;
        this.nodes = nodes;
    }

    /**
     * Starts to answer, to publish what should run, and to follow what became of it; blocks until the port is bound.
     * {@code key} is shared with the executors, which tell their numbers to nobody else. {@code database} and {@code accounts} belong to the caller, who closes the database after this.
     */
    public static ControlServer start(
            Vertx vertx,
            ControlConfig config,
            Database database,
            Accounts accounts,
            Artifacts artifacts,
            Board board,
            GuestLogs logs,
            InstantSource clock,
            String key)
            throws IOException {
        var apps = new Apps(database, config.addresses(), config.appsPerTenantMax(), clock);
        var revisions = new Revisions(database, artifacts, config.revisions(), clock);
        var variables = new Variables(database, apps, config.variables());
        var desired = DesiredPublisher.start(database, board.desired(), config.places());

        var login = new Login(accounts);
        var routes = new Routes();
        new AppRoutes(apps, config.addresses(), logs, desired::changed).addTo(routes, login);
        new RevisionRoutes(revisions, desired::changed).addTo(routes, login);
        new VariableRoutes(variables, desired::changed).addTo(routes, login);
        new LogRoutes(database, apps, logs).addTo(routes, login);
        var nodes = new NodeQuestions(board.nodes(), key, config.numbers().answerWithin());
        new NumbersRoutes(nodes, accounts, database, config.numbers()).addTo(routes, login);
        NotOffered.addTo(routes);

        var states = RevisionStates.start(board.routes(), database, desired::changed);
        try {
            return new ControlServer(HttpListener.start(vertx, config.listener(), routes), desired, states, nodes);
        } catch (IOException | RuntimeException e) {
            nodes.close();
            states.close();
            desired.close();
            throw e;
        }
    }

    /** The bound port. */
    public int port() {
        return listener.port();
    }

    @Override
    public void close() {
        listener.close();
        nodes.close();
        states.close();
        desired.close();
    }
}

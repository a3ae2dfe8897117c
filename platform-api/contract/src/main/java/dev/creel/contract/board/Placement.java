package dev.creel.contract.board;

import dev.creel.contract.app.AppId;
import dev.creel.contract.app.HostName;
import dev.creel.contract.app.TenantId;
import java.util.Map;

/**
 * A revision that a node should hold ready, and all that the node must know to run it.
 *
 * @param app of which application
 * @param tenant whose
 * @param name the application's name
 * @param host where it answers
 * @param revision what to pull
 * @param variables values set by the tenant; a change of them alone must not reload the revision
 */
public record Placement(
        AppId app,
        TenantId tenant,
        String name,
        HostName host,
        RevisionSource revision,
        Map<String, String> variables) {
    public Placement {
        variables = Map.copyOf(variables);
    }

    /** Does not show the values of variables: they may be secrets. */
    @Override
    public String toString() {
        return name + " (" + app + ") " + revision;
    }
}

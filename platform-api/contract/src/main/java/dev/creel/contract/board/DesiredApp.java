package dev.creel.contract.board;

import dev.creel.contract.app.AppId;
import dev.creel.contract.app.HostName;
import dev.creel.contract.app.TenantId;
import java.util.Map;
import java.util.Optional;

/**
 * One application that should run.
 *
 * @param app which
 * @param tenant whose
 * @param name its name, unique for the tenant
 * @param host where it answers
 * @param wanted the revision that should serve as soon as it is ready
 * @param serving the last revision that was ready, which serves until {@code wanted} is; empty if {@code wanted} is it
 * @param variables values of application variables set by the tenant, over the locked app's defaults
 * @param places on how many nodes, at least 1; fewer nodes than places means all nodes
 */
public record DesiredApp(
        AppId app,
        TenantId tenant,
        String name,
        HostName host,
        RevisionSource wanted,
        Optional<RevisionSource> serving,
        Map<String, String> variables,
        int places) {
    public DesiredApp {
        variables = Map.copyOf(variables);
        if (places < 1) {
            throw new IllegalArgumentException("an application needs at least one place, not " + places);
        }
    }

    /** Does not show the values of variables: they may be secrets. */
    @Override
    public String toString() {
        return name + " (" + app + ") at " + host + ", wanted " + wanted;
    }
}

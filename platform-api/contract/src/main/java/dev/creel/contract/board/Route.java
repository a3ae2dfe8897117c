package dev.creel.contract.board;

import dev.creel.contract.app.AppId;
import dev.creel.contract.app.RevisionId;
import dev.creel.contract.app.TenantId;
import dev.creel.contract.artifact.Digest;
import java.util.List;

/**
 * Where the requests of one host go.
 *
 * @param app to which application
 * @param tenant whose
 * @param revision which revision serves
 * @param manifest its manifest's digest
 * @param endpoints executors that hold it ready, at least one
 */
public record Route(AppId app, TenantId tenant, RevisionId revision, Digest manifest, List<Endpoint> endpoints) {
    public Route {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("a route needs an endpoint");
        }
    }
}

package dev.creel.contract.numbers;

import dev.creel.contract.app.AppId;
import dev.creel.contract.app.TenantId;

/**
 * What one application does.
 *
 * @param app which
 * @param tenant whose
 * @param requestsNow requests from outside that are under way
 * @param counts what happened
 */
public record AppNumbers(AppId app, TenantId tenant, long requestsNow, Counts counts) {
    /** The same application on another node added. */
    public AppNumbers plus(AppNumbers other) {
        return new AppNumbers(app, tenant, requestsNow + other.requestsNow, counts.plus(other.counts));
    }
}

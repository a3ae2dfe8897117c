package dev.creel.control;

import dev.creel.chassis.http.ListenerConfig;
import dev.creel.contract.ByteSize;
import dev.creel.contract.app.HostName;
import dev.creel.control.app.AppAddresses;
import dev.creel.control.numbers.NumbersConfig;
import dev.creel.control.revision.RevisionLimits;
import dev.creel.control.variable.VariableLimits;

/**
 * Settings of the control plane.
 *
 * @param listener where the API listens
 * @param addresses where applications answer, as visitors see it
 * @param appsPerTenantMax how many apps a tenant may have
 * @param places on how many nodes an app should be ready
 * @param revisions limits of deploys
 * @param variables limits of variables
 * @param numbers how the numbers of nodes are collected
 */
public record ControlConfig(
        ListenerConfig listener,
        AppAddresses addresses,
        int appsPerTenantMax,
        int places,
        RevisionLimits revisions,
        VariableLimits variables,
        NumbersConfig numbers) {
    /** Any free loopback port, small bodies, and {@code http://⟨app⟩.apps.localhost:8080/}; see the parts for their limits. */
    public static final ControlConfig DEFAULTS = new ControlConfig(
            ListenerConfig.DEFAULTS.withBodyMax(ByteSize.ofMiB(1)),
            new AppAddresses(new HostName("apps.localhost"), 8080, "http"),
            10_000,
            1,
            RevisionLimits.DEFAULTS,
            VariableLimits.DEFAULTS,
            NumbersConfig.DEFAULTS);

    public ControlConfig {
        if (appsPerTenantMax < 1 || places < 1) {
            throw new IllegalArgumentException("a tenant needs at least one app, and an app one place");
        }
    }

    /** The same with other addresses for applications. */
    public ControlConfig with(AppAddresses addresses) {
        return new ControlConfig(listener, addresses, appsPerTenantMax, places, revisions, variables, numbers);
    }

    /** The same with another listener. */
    public ControlConfig with(ListenerConfig listener) {
        return new ControlConfig(listener, addresses, appsPerTenantMax, places, revisions, variables, numbers);
    }
}

package dev.creel.engine.spin;

import dev.creel.contract.lockedapp.LockedApp;
import dev.creel.contract.lockedapp.LockedComponent;
import dev.creel.engine.outbound.AllowedHosts;
import dev.creel.engine.outbound.InvalidAllowedHostException;
import dev.creel.engine.variables.ApplicationVariables;
import dev.creel.engine.variables.ComponentVariables;
import dev.creel.engine.variables.InvalidTemplateException;
import java.util.Set;

/** All that a locked application grants one of its components, checked once; {@link #context} makes what each store gets. */
public final class ComponentGrants {
    private final LockedComponent component;
    private final AllowedHosts allowedHosts;
    private final ComponentVariables variables;

    private ComponentGrants(LockedComponent component, AllowedHosts allowedHosts, ComponentVariables variables) {
        this.component = component;
        this.allowedHosts = allowedHosts;
        this.variables = variables;
    }

    /**
     * Checks the grants of {@code component}.
     *
     * @throws InvalidAllowedHostException for an entry of {@code allowed_outbound_hosts} that means nothing
     * @throws InvalidTemplateException for a variable that is malformed or refers to none of the application's
     */
    public static ComponentGrants of(LockedApp app, LockedComponent component)
            throws InvalidAllowedHostException, InvalidTemplateException {
        return new ComponentGrants(component, AllowedHosts.of(app, component), ComponentVariables.of(app, component));
    }

    /** The grants with these values behind the variables. */
    public SpinContext context(ApplicationVariables values) {
        return new SpinContext(
                Set.copyOf(component.keyValueStores()),
                Set.copyOf(component.databases()),
                Set.copyOf(component.aiModels()),
                allowedHosts.over(values),
                variables.over(values));
    }
}

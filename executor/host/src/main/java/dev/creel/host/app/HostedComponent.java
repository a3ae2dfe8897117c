package dev.creel.host.app;

import dev.creel.contract.lockedapp.LockedComponent;
import dev.creel.engine.GuestCode;
import dev.creel.engine.spin.ComponentGrants;
import dev.creel.host.route.Executor;
import dev.creel.wasi.context.Preopen;
import java.util.List;

/**
 * A component of a running application.
 *
 * @param locked as its application locked it
 * @param grants what it is granted, checked
 * @param code its compiled form, shared with every application that has the same bytes, and not always loaded
 * @param executor how it is asked
 * @param preopens its files, as a directory at {@code /}, if it has any
 */
public record HostedComponent(
        LockedComponent locked, ComponentGrants grants, GuestCode code, Executor executor, List<Preopen> preopens) {
    /**
     * Checks that the code can be asked so.
     *
     * @throws dev.creel.engine.RefusedComponentException if it cannot
     */
    public HostedComponent {
        switch (executor) {
            case Executor.Handler ignored -> code.facts().mustHandleHttp();
            case Executor.Wagi ignored -> code.facts().mustBeCommand();
        }
    }
}

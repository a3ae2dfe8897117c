package dev.creel.component;

import dev.creel.component.abi.InstanceTree;
import dev.creel.component.type.GuestResource;
import java.util.List;
import java.util.Optional;

/**
 * An instance of a component, with all that lives inside it. Belongs to the {@link dev.creel.component.host.Store} it was made
 * in and dies with it; one thread at a time.
 */
public final class ComponentInstance {
    private final LinkedComponent component;
    private final InstanceTree tree;

    ComponentInstance(LinkedComponent component, InstanceTree tree) {
        this.component = component;
        this.tree = tree;
    }

    /**
     * The exported function {@code name} of an interface compatible with {@code interfaceName}, e.g. {@code
     * wasi:http/incoming-handler@0.2.0} for a guest that exports 0.2.3; an empty interface name means a function exported by its
     * own name. Ask once and keep it if it is called often.
     */
    public Optional<GuestFunction> function(String interfaceName, String name) {
        return Optional.ofNullable(component.callee(interfaceName, name))
                .map(callee -> new GuestFunction(tree, callee, name));
    }

    /** Every function that can be called. */
    public List<ExportedFunction> exports() {
        return component.exports();
    }

    /**
     * Frees a resource that the host owns: runs the guest's destructor.
     *
     * @throws dev.creel.component.core.TrapException if it traps; the store is dead then
     */
    public void drop(GuestResource resource) {
        tree.drop(resource);
    }
}

package dev.creel.component.abi;

import dev.creel.component.core.CoreExtern;
import dev.creel.component.core.CoreFunction;
import dev.creel.component.core.CoreInstance;
import dev.creel.component.core.TrapException;
import dev.creel.component.host.Store;
import dev.creel.component.type.GuestResource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A component instance with all instances inside it: the core instances and what the canonical ABI keeps for them. One thread at
 * a time. Any throwable that leaves it has poisoned its store.
 */
public final class InstanceTree implements Canon.Externs {
    final Store store;
    private final LinkedPlan plan;
    private final InstanceState[] instances;
    private final @Nullable CoreInstance[] cores;
    private final @Nullable CoreExtern[] externs;
    private final @Nullable Canon[] canons;

    private InstanceTree(LinkedPlan plan, Store store) {
        this.plan = plan;
        this.store = store;
        this.instances = new InstanceState[plan.instances()];
        this.cores = new CoreInstance[plan.coreInstances()];
        this.externs = new CoreExtern[plan.slots()];
        this.canons = new Canon[plan.canons()];
        var arrivals = new InstanceState.Arrivals();
        for (int i = 0; i < instances.length; i++) {
            instances[i] = new InstanceState(i, store, arrivals);
        }
    }

    /** Runs the steps of {@code plan}. */
    static InstanceTree of(LinkedPlan plan, Store store) {
        var tree = new InstanceTree(plan, store);
        tree.checkAlive();
        // What is registered first comes last.
        store.onClose(tree::release);
        store.onClose(tree::dropOwned);
        try {
            for (var action : plan.actions()) {
                switch (action) {
                    case LinkedPlan.Instantiation made -> tree.make(made);
                    case LinkedPlan.Call(var slot) -> tree.function(slot).call();
                }
            }
        } catch (Throwable failure) {
            store.poison(failure);
            throw failure;
        }
        return tree;
    }

    private void release() {
        for (var core : cores) {
            if (core != null) {
                core.release();
            }
        }
    }

    private void make(LinkedPlan.Instantiation made) {
        var imports = new CoreExtern[made.imports().length];
        for (int i = 0; i < imports.length; i++) {
            imports[i] = extern(made.imports()[i]);
        }
        cores[made.coreInstance()] = made.code().instantiate(Arrays.asList(imports), store.limits());
    }

    /**
     * Calls {@code callee} for the host, with values as {@link dev.creel.component.type.ValType} says.
     *
     * @throws TrapException if the guest traps, or the store is dead already
     * @throws IllegalArgumentException if a value is not of the declared type; the store is dead then
     */
    public @Nullable Object call(Callee callee, Object[] args) {
        checkAlive();
        try {
            return callee.call(this, args);
        } catch (Throwable failure) {
            store.poison(failure);
            throw failure;
        }
    }

    /** Runs the destructor of a resource that the host owns. */
    public void drop(GuestResource resource) {
        checkAlive();
        try {
            var guest = plan.resource(resource.type());
            destroy(guest, resource.rep(), guest.enteredByHost());
        } catch (Throwable failure) {
            store.poison(failure);
            throw failure;
        }
    }

    private void checkAlive() {
        var poison = store.poisoned();
        if (poison != null) {
            throw new TrapException("the instance is dead since: " + poison, poison);
        }
    }

    @Override
    public CoreExtern extern(int slot) {
        var known = externs[slot];
        if (known == null) {
            known = plan.binding(slot).bind(this);
            externs[slot] = known;
        }
        return known;
    }

    CoreFunction function(int slot) {
        if (extern(slot) instanceof CoreFunction function) {
            return function;
        }
        throw new IllegalStateException("slot " + slot + " holds no function");
    }

    CoreInstance core(int number) {
        var core = cores[number];
        if (core == null) {
            throw new TrapException("a core instance is used before it is made");
        }
        return core;
    }

    InstanceState instance(int number) {
        return instances[number];
    }

    Canon canon(int number) {
        var known = canons[number];
        if (known == null) {
            var linked = plan.canon(number);
            known = new Canon(linked.options(), instances[linked.instance()], store.liftBytesMax(), this);
            canons[number] = known;
        }
        return known;
    }

    /** Marks instances as entered; traps if one of them is already. */
    void enter(int[] entered) {
        for (int number : entered) {
            if (!instances[number].mayEnter) {
                throw new TrapException("cannot enter component instance");
            }
        }
        for (int number : entered) {
            instances[number].mayEnter = false;
        }
    }

    void leave(int[] entered) {
        for (int number : entered) {
            instances[number].mayEnter = true;
        }
    }

    /** {@code resource.drop}. */
    void drop(HandleTable handles, int handle, Resource resource, int[] entered) {
        int entry = handles.find(handle, resource);
        handles.checkNotLent(entry);
        var scope = handles.scope(entry);
        if (scope != null) {
            handles.remove(entry);
            scope.returned();
            return;
        }
        switch (resource) {
            case Resource.Host host -> {
                var object = handles.object(entry);
                handles.remove(entry);
                host.drop(object);
            }
            case Resource.Guest guest -> {
                int rep = handles.rep(entry);
                handles.remove(entry);
                destroy(guest, rep, entered);
            }
        }
    }

    private void destroy(Resource.Guest resource, int rep, int[] entered) {
        enter(entered);
        if (resource.destructor() >= 0) {
            function(resource.destructor()).call(Integer.toUnsignedLong(rep));
        }
        leave(entered);
    }

    /** Frees the host's objects that guests still own, newest first. Guest destructors do not run. */
    private void dropOwned() {
        record Owned(Resource.Host resource, Object object, int arrival) {}
        var owned = new ArrayList<Owned>();
        for (var instance : instances) {
            var handles = instance.handles;
            for (int entry = 1; entry < handles.end(); entry++) {
                var host = handles.ownedByGuest(entry);
                if (host != null) {
                    owned.add(new Owned(host, handles.object(entry), handles.rep(entry)));
                    handles.remove(entry);
                }
            }
        }
        owned.sort(Comparator.comparingInt(Owned::arrival).reversed());
        RuntimeException failure = null;
        for (var one : owned) {
            try {
                one.resource().drop(one.object());
            } catch (TrapException ignored) {
                // The order of drops no longer matters to anybody.
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}

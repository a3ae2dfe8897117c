package dev.creel.component.abi;

import dev.creel.component.core.TrapException;
import dev.creel.component.core.ValueKind;
import dev.creel.component.type.GuestResource;
import java.util.List;
import java.util.function.BiConsumer;

/** {@code own} and {@code borrow}: an index into the handle table of the instance. */
final class HandleShape extends Shape {
    final Resource resource;
    final boolean own;

    HandleShape(Resource resource, boolean own) {
        this.resource = resource;
        this.own = own;
        super(4, 4, List.of(ValueKind.I32), 24);
    }

    @Override
    Object load(Frame from, int at) {
        return take(from, Bits.readInt(from.bytes(), at), resource, own);
    }

    @Override
    void store(Frame to, int at, Object value) {
        int handle = give(to, value, resource, own);
        Bits.write(to.bytes(), at, 4, handle);
    }

    @Override
    Object lift(Frame from, long[] slots, int at) {
        return take(from, (int) slots[at], resource, own);
    }

    @Override
    void lower(Frame to, long[] slots, int at, Object value) {
        slots[at] = Integer.toUnsignedLong(give(to, value, resource, own));
    }

    @Override
    void owned(Object value, BiConsumer<Resource.Host, Object> owned) {
        if (own
                && resource instanceof Resource.Host host
                && host.definition().javaType().isInstance(value)) {
            owned.accept(host, value);
        }
    }

    /** What a guest's handle stands for; an own handle is taken from it, a borrow is lent. */
    static Object take(Frame from, int handle, Resource resource, boolean own) {
        var table = from.canon.instance.handles;
        int entry = table.find(handle, resource);
        var value = switch (resource) {
            case Resource.Guest guest -> new GuestResource(guest.type(), table.rep(entry));
            case Resource.Host host -> table.object(entry);
        };
        if (own) {
            removeOwn(table, entry);
            if (resource instanceof Resource.Host host) {
                from.took(host, value);
            }
        } else {
            from.lend(entry);
        }
        return value;
    }

    private static void removeOwn(HandleTable table, int entry) {
        if (table.scope(entry) != null) {
            throw new TrapException("handle index " + entry + " is a borrow and cannot be given away");
        }
        table.checkNotLent(entry);
        table.remove(entry);
    }

    /** A handle for a guest that stands for {@code value}. */
    static int give(Frame to, Object value, Resource resource, boolean own) {
        var instance = to.canon.instance;
        return switch (resource) {
            case Resource.Guest guest -> {
                if (!(value instanceof GuestResource one) || !one.type().equals(guest.type())) {
                    throw mismatch("a GuestResource of " + guest.type(), value);
                }
                if (own) {
                    yield instance.handles.add(guest, one.rep(), null, null);
                }
                if (guest.instance() == instance.number) {
                    yield one.rep();
                }
                to.borrowed();
                yield instance.handles.add(guest, one.rep(), null, to);
            }
            case Resource.Host host -> {
                var object = host.checked(value);
                if (own) {
                    yield instance.handles.add(host, instance.nextArrival(), object, null);
                }
                to.borrowed();
                yield instance.handles.add(host, 0, object, to);
            }
        };
    }

    /** A handle for {@code to} that stands for what a handle of {@code from} stood for, or still does if it is lent. */
    static int move(Frame from, Frame to, int handle, Resource resource, boolean own) {
        var table = from.canon.instance.handles;
        int entry = table.find(handle, resource);
        return switch (resource) {
            case Resource.Guest guest -> {
                int rep = table.rep(entry);
                yield own ? moved(table, entry, to, guest, rep) : lent(from, entry, to, guest, rep);
            }
            case Resource.Host host -> {
                var object = table.object(entry);
                yield own ? moved(table, entry, to, host, object) : lent(from, entry, to, host, object);
            }
        };
    }

    private static int moved(HandleTable table, int entry, Frame to, Resource.Guest guest, int rep) {
        removeOwn(table, entry);
        return to.canon.instance.handles.add(guest, rep, null, null);
    }

    private static int lent(Frame from, int entry, Frame to, Resource.Guest guest, int rep) {
        from.lend(entry);
        if (guest.instance() == to.canon.instance.number) {
            return rep;
        }
        to.borrowed();
        return to.canon.instance.handles.add(guest, rep, null, to);
    }

    private static int moved(HandleTable table, int entry, Frame to, Resource.Host host, Object object) {
        removeOwn(table, entry);
        try {
            return to.canon.instance.handles.add(host, to.canon.instance.nextArrival(), object, null);
        } catch (TrapException full) {
            host.dropAfter(full, object);
            throw full;
        }
    }

    private static int lent(Frame from, int entry, Frame to, Resource.Host host, Object object) {
        from.lend(entry);
        to.borrowed();
        return to.canon.instance.handles.add(host, 0, object, to);
    }
}

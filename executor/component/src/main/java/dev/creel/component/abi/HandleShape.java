package dev.creel.component.abi;

import dev.creel.component.core.TrapException;
import dev.creel.component.core.ValueKind;
import dev.creel.component.type.GuestResource;
import java.util.List;
import java.util.function.BiConsumer;

/** {@code own} and {@code borrow}: an index into the handle table of the instance. */
final class HandleShape extends Shape {
    private final Resource resource;
    private final boolean own;

    HandleShape(Resource resource, boolean own) {
        this.resource = resource;
        this.own = own;
        super(4, 4, List.of(ValueKind.I32), 24);
    }

    @Override
    Object load(Frame from, int at) {
        return take(from, Bits.readInt(from.bytes(), at));
    }

    @Override
    void store(Frame to, int at, Object value) {
        int handle = give(to, value);
        Bits.write(to.bytes(), at, 4, handle);
    }

    @Override
    Object lift(Frame from, long[] slots, int at) {
        return take(from, (int) slots[at]);
    }

    @Override
    void lower(Frame to, long[] slots, int at, Object value) {
        slots[at] = Integer.toUnsignedLong(give(to, value));
    }

    @Override
    void owned(Object value, BiConsumer<Resource.Host, Object> owned) {
        if (own
                && resource instanceof Resource.Host host
                && host.definition().javaType().isInstance(value)) {
            owned.accept(host, value);
        }
    }

    private Object take(Frame from, int handle) {
        var table = from.canon.instance.handles;
        int entry = table.find(handle, resource);
        var value = switch (resource) {
            case Resource.Guest guest -> new GuestResource(guest.type(), table.rep(entry));
            case Resource.Host host -> table.object(entry);
        };
        if (own) {
            if (table.scope(entry) != null) {
                throw new TrapException("handle index " + handle + " is a borrow and cannot be given away");
            }
            table.checkNotLent(entry);
            table.remove(entry);
            if (resource instanceof Resource.Host host) {
                from.took(host, value);
            }
        } else {
            from.lend(entry);
        }
        return value;
    }

    private int give(Frame to, Object value) {
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
}

package dev.creel.wasi.http;

import dev.creel.component.core.TrapException;
import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The resource {@code fields}: header lines in order, names in lower case. Those that belong to a message are immutable and
 * children of it; a clone is free again.
 */
final class Fields {
    /** What a line takes in the host beside its name and value: some objects. */
    private static final int LINE_BYTES = 96;

    private final List<Header> entries;
    private final int bytesMax;
    private final @Nullable Children siblings;
    private final HeldBytes held;
    private long bytes;

    private Fields(List<Header> entries, int bytesMax, @Nullable Children siblings, HeldBytes held) {
        this.entries = entries;
        this.bytesMax = bytesMax;
        this.siblings = siblings;
        this.held = held;
        for (var entry : entries) {
            bytes += size(entry);
        }
    }

    /** The unchangeable headers of a message, counted among {@code siblings} until dropped. */
    static Fields of(List<Header> entries, Store store, Children siblings) {
        siblings.add();
        return new Fields(entries, limits(store).fieldsBytesMax(), siblings, new HeldBytes(store.limits()));
    }

    /** Fields that belong to nobody. */
    static Fields mutable(List<Header> entries, Store store) {
        var fields = new Fields(
                new ArrayList<>(entries), limits(store).fieldsBytesMax(), null, new HeldBytes(store.limits()));
        entries.forEach(fields::hold);
        return fields;
    }

    static void bind(HostInterface.Builder types) {
        types.resource("fields", Fields.class, Fields::drop)
                .function("[constructor]fields", (store, args) -> mutable(List.of(), store))
                .function("[static]fields.from-list", (store, args) -> fromList(store, (List<?>) args[0]))
                .function("[method]fields.get", (store, args) -> ((Fields) args[0]).get((String) args[1]))
                .function("[method]fields.has", (store, args) -> ((Fields) args[0]).has((String) args[1]))
                .function(
                        "[method]fields.set",
                        (store, args) -> ((Fields) args[0]).set((String) args[1], (List<?>) args[2]))
                .function("[method]fields.delete", (store, args) -> ((Fields) args[0]).delete((String) args[1]))
                .function(
                        "[method]fields.append",
                        (store, args) -> ((Fields) args[0]).append((String) args[1], (byte[]) args[2]))
                .function("[method]fields.entries", (store, args) -> ((Fields) args[0]).pairs())
                .function("[method]fields.clone", (store, args) -> mutable(((Fields) args[0]).entries, store));
    }

    /** Gives the lines up to a message that takes these fields over; what they take in the host counts to the end of the run. */
    List<Header> take() {
        leave();
        return List.copyOf(entries);
    }

    private void drop() {
        leave();
        held.releaseAll();
    }

    private void leave() {
        if (siblings != null) {
            siblings.remove();
        }
    }

    private void hold(Header header) {
        if (!held.take(size(header) + LINE_BYTES)) {
            throw new TrapException("header fields exceed the memory that the guest may have");
        }
    }

    private static Result.Value fromList(Store store, List<?> pairs) {
        var fields = mutable(List.of(), store);
        for (var pair : pairs) {
            var nameAndValue = (Object[]) pair;
            var appended = fields.append((String) nameAndValue[0], (byte[]) nameAndValue[1]);
            if (appended instanceof Result.Value.Err) {
                fields.drop();
                return appended;
            }
        }
        return Result.Value.ok(fields);
    }

    private List<byte[]> get(String name) {
        var wanted = HeaderRules.canonical(name);
        return entries.stream()
                .filter(h -> h.name().equals(wanted))
                .map(Header::value)
                .toList();
    }

    private boolean has(String name) {
        var wanted = HeaderRules.canonical(name);
        return entries.stream().anyMatch(h -> h.name().equals(wanted));
    }

    private Result.Value set(String name, List<?> values) {
        var wrong = check(name);
        if (wrong == null && !values.stream().allMatch(v -> HeaderRules.validValue((byte[]) v))) {
            wrong = HeaderError.INVALID_SYNTAX;
        }
        if (wrong == null && siblings != null) {
            wrong = HeaderError.IMMUTABLE;
        }
        if (wrong != null) {
            return wrong.failure();
        }
        remove(HeaderRules.canonical(name));
        values.forEach(value -> add(name, (byte[]) value));
        return Result.Value.ok();
    }

    private Result.Value delete(String name) {
        var wrong = check(name);
        if (wrong == null && siblings != null) {
            wrong = HeaderError.IMMUTABLE;
        }
        if (wrong != null) {
            return wrong.failure();
        }
        remove(HeaderRules.canonical(name));
        return Result.Value.ok();
    }

    private Result.Value append(String name, byte[] value) {
        var wrong = check(name);
        if (wrong == null && !HeaderRules.validValue(value)) {
            wrong = HeaderError.INVALID_SYNTAX;
        }
        if (wrong == null && siblings != null) {
            wrong = HeaderError.IMMUTABLE;
        }
        if (wrong != null) {
            return wrong.failure();
        }
        add(name, value);
        return Result.Value.ok();
    }

    private static @Nullable HeaderError check(String name) {
        if (!HeaderRules.validName(name)) {
            return HeaderError.INVALID_SYNTAX;
        }
        return HeaderRules.forbidden(HeaderRules.canonical(name)) ? HeaderError.FORBIDDEN : null;
    }

    private void add(String name, byte[] value) {
        var header = new Header(HeaderRules.canonical(name), value);
        bytes += size(header);
        if (bytes > bytesMax) {
            throw new TrapException("header fields exceed " + bytesMax + " bytes");
        }
        hold(header);
        entries.add(header);
    }

    private void remove(String lowerCaseName) {
        entries.removeIf(header -> {
            boolean gone = header.name().equals(lowerCaseName);
            if (gone) {
                bytes -= size(header);
                held.release(size(header) + LINE_BYTES);
            }
            return gone;
        });
    }

    private List<Object[]> pairs() {
        return entries.stream()
                .map(header -> new Object[] {header.name(), header.value()})
                .toList();
    }

    private static long size(Header header) {
        return (long) header.name().length() + header.value().length;
    }

    private static HttpLimits limits(Store store) {
        return store.context(HttpContext.class).limits();
    }
}

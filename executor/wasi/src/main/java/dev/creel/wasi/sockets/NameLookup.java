package dev.creel.wasi.sockets;

import dev.creel.wasi.io.Pollable;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * The resource {@code resolve-address-stream}: the addresses of a name. Java looks names up blocking, so each look-up has a
 * virtual thread. Used by the guest's thread.
 */
final class NameLookup {
    private static final int NAME_CHARS_MAX = 253;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?\\.?");

    private final CompletableFuture<Optional<List<InetAddress>>> found;
    private Optional<Iterator<InetAddress>> rest = Optional.empty();

    private NameLookup(CompletableFuture<Optional<List<InetAddress>>> found) {
        this.found = found;
    }

    /** Begins to look {@code name} up: a name, or an address in text. */
    static NameLookup begin(Sockets sockets, String name) throws SocketRefusedException {
        if (!sockets.network().resolvesNames()) {
            throw SocketErrorCode.PERMANENT_RESOLVER_FAILURE.refusal();
        }
        var literal = literal(name);
        if (literal.isPresent()) {
            return new NameLookup(CompletableFuture.completedFuture(literal.map(List::of)));
        }
        var ascii = ascii(name);
        sockets.lookupBegins();
        var found = new CompletableFuture<Optional<List<InetAddress>>>();
        var wakeup = sockets.wakeup();
        Thread.ofVirtual().name("creel-lookup").start(() -> {
            found.complete(resolve(ascii));
            sockets.lookupEnds();
            wakeup.signal();
        });
        return new NameLookup(found);
    }

    /** The next address, or empty at the end. */
    Optional<InetAddress> next() throws SocketRefusedException {
        if (!found.isDone()) {
            throw SocketErrorCode.WOULD_BLOCK.refusal();
        }
        if (rest.isEmpty()) {
            rest = Optional.of(found.join()
                    .orElseThrow(SocketErrorCode.NAME_UNRESOLVABLE::refusal)
                    .iterator());
        }
        var left = rest.get();
        return left.hasNext() ? Optional.of(left.next()) : Optional.empty();
    }

    Pollable subscribe() {
        return found::isDone;
    }

    private static Optional<List<InetAddress>> resolve(String name) {
        try {
            return Optional.of(List.of(InetAddress.getAllByName(name)));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static Optional<InetAddress> literal(String name) {
        boolean brackets = name.startsWith("[") && name.endsWith("]");
        var text = brackets ? name.substring(1, name.length() - 1) : name;
        if (brackets ? text.indexOf(':') < 0 : !text.contains(":") && !text.matches("[0-9.]+")) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String ascii(String name) throws SocketRefusedException {
        try {
            var ascii = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
            if (ascii.length() <= NAME_CHARS_MAX && NAME.matcher(ascii).matches() && !ascii.contains("..")) {
                return ascii;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw SocketErrorCode.INVALID_ARGUMENT.refusal();
    }
}

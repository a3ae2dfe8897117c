package dev.creel.wasi.sockets;

import dev.creel.component.core.InterruptedGuestException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Locale;

/** The {@code error-code} of {@code wasi:sockets/network}, in the order of its WIT: the ordinal is the case. */
enum SocketErrorCode {
    UNKNOWN,
    ACCESS_DENIED,
    NOT_SUPPORTED,
    INVALID_ARGUMENT,
    OUT_OF_MEMORY,
    TIMEOUT,
    CONCURRENCY_CONFLICT,
    NOT_IN_PROGRESS,
    WOULD_BLOCK,
    INVALID_STATE,
    NEW_SOCKET_LIMIT,
    ADDRESS_NOT_BINDABLE,
    ADDRESS_IN_USE,
    REMOTE_UNREACHABLE,
    CONNECTION_REFUSED,
    CONNECTION_RESET,
    CONNECTION_ABORTED,
    DATAGRAM_TOO_LARGE,
    NAME_UNRESOLVABLE,
    TEMPORARY_RESOLVER_FAILURE,
    PERMANENT_RESOLVER_FAILURE;

    /** Its case in WIT. */
    @SuppressWarnings("EnumOrdinal") // The order is that of the WIT; a test compares the two.
    int index() {
        return ordinal();
    }

    /** This case as what a method throws. */
    SocketRefusedException refusal() {
        return new SocketRefusedException(this);
    }

    /**
     * What a guest is told of a host's failure. Java has few exceptions of its own: the rest is in the system's text.
     *
     * @throws InterruptedGuestException if it failed because the guest's thread is to stop
     */
    static SocketErrorCode of(IOException failure) {
        var text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return switch (failure) {
            case ClosedByInterruptException e -> throw new InterruptedGuestException();
            case PortUnreachableException e -> CONNECTION_REFUSED;
            case NoRouteToHostException e -> REMOTE_UNREACHABLE;
            case BindException e -> binding(text);
            case ConnectException e -> exchanging(text);
            default -> exchanging(text);
        };
    }

    private static SocketErrorCode binding(String text) {
        if (text.contains("in use")) {
            return ADDRESS_IN_USE;
        }
        return text.contains("permission") ? ACCESS_DENIED : ADDRESS_NOT_BINDABLE;
    }

    private static SocketErrorCode exchanging(String text) {
        if (text.contains("refused")) {
            return CONNECTION_REFUSED;
        }
        if (text.contains("reset")) {
            return CONNECTION_RESET;
        }
        if (text.contains("abort")) {
            return CONNECTION_ABORTED;
        }
        if (text.contains("timed out")) {
            return TIMEOUT;
        }
        if (text.contains("unreachable") || text.contains("no route")) {
            return REMOTE_UNREACHABLE;
        }
        if (text.contains("permi") || text.contains("denied")) {
            return ACCESS_DENIED;
        }
        return text.contains("too long") ? DATAGRAM_TOO_LARGE : UNKNOWN;
    }
}

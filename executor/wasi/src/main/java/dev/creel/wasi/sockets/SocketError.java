package dev.creel.wasi.sockets;

import dev.creel.component.host.HostFunction;
import dev.creel.component.type.ValType.Result;

/** The cases of {@code wasi:sockets/network.error-code} that a host without a network needs. */
enum SocketError {
    ACCESS_DENIED(1),
    INVALID_ARGUMENT(3),
    NOT_IN_PROGRESS(7),
    INVALID_STATE(9),
    PERMANENT_RESOLVER_FAILURE(20);

    /** Position in the enum of WIT. */
    private final int index;

    SocketError(int index) {
        this.index = index;
    }

    /** As a function's result. */
    Result.Value result() {
        return Result.Value.err(index);
    }

    /** A function that answers nothing else. */
    HostFunction always() {
        return (store, args) -> result();
    }
}

package dev.creel.wasi.sockets;

import java.io.IOException;

/** A socket operation failed in a way that the guest is told of. Expected, so it carries no stack trace. */
final class SocketRefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final SocketErrorCode code;

    SocketRefusedException(SocketErrorCode code) {
        super(code.name(), null, false, false);
        this.code = code;
    }

    static SocketRefusedException of(IOException failure) {
        return SocketErrorCode.of(failure).refusal();
    }

    /** Why. */
    SocketErrorCode code() {
        return code;
    }
}

package dev.creel.host.ingress;

import dev.creel.host.app.RunningApp;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Supplier;

/** Tells for whom a request is and from where it came. On the event loop; never blocks. */
interface Door {
    /** What is behind it. */
    sealed interface Entry {
        /**
         * An application.
         *
         * @param scheme of the client's own request
         * @param client its address as {@code ip:port}
         */
        record Open(RunningApp app, String scheme, String client) implements Entry {}

        /**
         * What the node says of itself.
         *
         * @param json made when it is asked for, on a thread that may take its time
         */
        record Node(Supplier<byte[]> json) implements Entry {}

        /** Nothing; answered with a status and no body. */
        record Shut(int status) implements Entry {}
    }

    /** Looks at the head of a request. */
    Entry enter(HttpServerRequest http);

    /** Whether a header is between edge and executor only. */
    boolean internal(String lowerCaseName);
}

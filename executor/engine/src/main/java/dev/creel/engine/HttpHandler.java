package dev.creel.engine;

import java.util.List;

/**
 * The exports by which a component may answer HTTP requests (reference spin-app §2.2).
 *
 * @param interfaceName as it is looked for; compatible versions are found too
 * @param function in it
 * @param form how it is called
 */
record HttpHandler(String interfaceName, String function, Form form) {
    /** How a handler is called. */
    enum Form {
        /** With a request and an outparam, both resources. */
        RESOURCES,
        /** With a whole request; it returns a whole response. */
        WHOLE
    }

    static final List<HttpHandler> ALL = List.of(
            new HttpHandler("wasi:http/incoming-handler@0.2.0", "handle", Form.RESOURCES),
            new HttpHandler("wasi:http/incoming-handler@0.2.0-rc-2023-10-18", "handle", Form.RESOURCES),
            new HttpHandler("fermyon:spin/inbound-http", "handle-request", Form.WHOLE));
}

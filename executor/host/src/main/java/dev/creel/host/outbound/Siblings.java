package dev.creel.host.outbound;

import dev.creel.wasi.http.HttpOutgoing;
import dev.creel.wasi.http.OutgoingHttp.Exchange;

/** The application that a guest belongs to, as the guest reaches it without leaving the process (reference spin-app §2.9). */
public interface Siblings {
    /** Sends {@code request} to a component, whatever its route. Never blocks. */
    Exchange toComponent(String component, HttpOutgoing request);

    /** Whether there is such a component with an HTTP trigger. */
    boolean answers(String component);

    /** Sends {@code request} to the application's own router, as if a client had. Never blocks. */
    Exchange toSelf(HttpOutgoing request);
}

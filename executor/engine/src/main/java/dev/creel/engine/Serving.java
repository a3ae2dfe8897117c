package dev.creel.engine;

import dev.creel.component.host.Store;
import dev.creel.wasi.context.WasiContext;

/** One way of having a guest answer one request. Used by the guest's thread: the methods in this order, once each. */
interface Serving extends AutoCloseable {
    /** Adds to the guest's world, which is not in {@code store} yet; what it sleeps on is. May wait for the request's body. */
    void prepare(Store store, WasiContext.Builder world);

    /** Has the guest answer. Throws whatever the guest throws. */
    void run(Store store);

    /** Whether the sink has heard of an answer. */
    boolean answered();

    /** Cuts off an answer that has not ended. */
    @Override
    void close();
}

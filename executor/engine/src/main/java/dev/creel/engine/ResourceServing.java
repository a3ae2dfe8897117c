package dev.creel.engine;

import dev.creel.component.host.Store;
import dev.creel.wasi.context.WasiContext;
import dev.creel.wasi.http.HttpServe;

/** A handler of wasi:http: request and response are resources, bodies stream. */
final class ResourceServing implements Serving {
    private final CompiledComponent component;
    private final HttpServe serve;

    ResourceServing(CompiledComponent component, GuestRequest request) {
        this.component = component;
        this.serve = new HttpServe(request.incoming(), request.sink());
    }

    @Override
    public void prepare(Store store, WasiContext.Builder world) {}

    @Override
    public void run(Store store) {
        var ignored = component.handler(store).call(serve.request(), serve.responseOut());
        serve.returned();
    }

    @Override
    public boolean answered() {
        return serve.answered();
    }

    @Override
    public void close() {
        serve.close();
    }
}

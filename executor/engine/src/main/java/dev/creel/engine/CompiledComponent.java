package dev.creel.engine;

import dev.creel.component.Component;
import dev.creel.component.ComponentInstance;
import dev.creel.component.ExportedFunction;
import dev.creel.component.GuestFunction;
import dev.creel.component.LinkedComponent;
import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.TrapException;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.host.Store;
import java.util.List;

/** A component ready to answer requests: compiled, linked, its handler known. Immutable; any thread; shared by applications. */
public final class CompiledComponent {
    private static final String HANDLER = "wasi:http/incoming-handler@0.2.0";

    /** Handlers that other hosts know (reference spin-app §2.2); here they are recognised and refused with a clear word. */
    private static final List<String> OTHER_HANDLERS =
            List.of("wasi:http/incoming-handler", "wasi:http/handler", "fermyon:spin/inbound-http", "wasi:cli/run");

    private final LinkedComponent linked;

    private CompiledComponent(LinkedComponent linked) {
        this.linked = linked;
    }

    /**
     * Compiles and links. May take seconds and much memory.
     *
     * @throws RefusedComponentException with a sentence for the developer, if the bytes are no component that can run here
     */
    public static CompiledComponent of(byte[] wasm, CoreEngine engine, HostInterfaces host) {
        try {
            var plan = Component.decode(wasm, engine, dev.creel.component.binary.ComponentLimits.DEFAULT)
                    .plan(host);
            var linked = LinkedComponent.of(plan, engine, host);
            checkHandler(linked);
            return new CompiledComponent(linked);
        } catch (RefusedComponentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new RefusedComponentException(String.valueOf(e.getMessage()), e);
        } catch (StackOverflowError e) {
            throw new RefusedComponentException("it is nested too deeply", e);
        }
    }

    private static void checkHandler(LinkedComponent linked) {
        var handlers = linked.exports().stream()
                .map(ExportedFunction::interfaceName)
                .filter(name -> OTHER_HANDLERS.contains(name.split("@", 2)[0]))
                .distinct()
                .toList();
        if (linked.find(HANDLER, "handle").isEmpty()) {
            throw new RefusedComponentException(
                    handlers.isEmpty()
                            ? "it exports no HTTP handler; supported is wasi:http/incoming-handler@0.2.x"
                            : "it exports " + String.join(" and ", handlers)
                                    + ", which is not supported yet; supported is wasi:http/incoming-handler@0.2.x");
        }
        long http = handlers.stream()
                .filter(name -> !name.startsWith("wasi:cli/run"))
                .count();
        if (http > 1) {
            throw new RefusedComponentException(
                    "it exports multiple different handlers: " + String.join(", ", handlers) + "; export only one");
        }
    }

    /** A fresh instance in {@code store}; its handler. Runs the guest's start code. */
    GuestFunction handler(Store store) {
        ComponentInstance instance = linked.instantiate(store);
        return instance.function(HANDLER, "handle").orElseThrow(() -> new TrapException("the handler has gone"));
    }
}

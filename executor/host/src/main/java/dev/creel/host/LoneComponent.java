package dev.creel.host;

import dev.creel.contract.lockedapp.ContentRef;
import dev.creel.contract.lockedapp.LockedApp;
import dev.creel.contract.lockedapp.LockedComponent;
import dev.creel.contract.lockedapp.LockedTrigger;
import dev.creel.engine.outbound.InvalidAllowedHostException;
import dev.creel.engine.spin.ComponentGrants;
import dev.creel.engine.variables.InvalidTemplateException;
import dev.creel.wasi.context.Preopen;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A component without an application around it: {@code creel run app.wasm}. It may send HTTP requests wherever the configuration lets
 * guests go, and is granted nothing else but what is named here.
 *
 * @param name for logs, and its first argument
 * @param wasm its bytes
 * @param environment its variables
 * @param preopens directories that it sees
 */
public record LoneComponent(String name, byte[] wasm, Map<String, String> environment, List<Preopen> preopens) {
    public LoneComponent {
        environment = Map.copyOf(environment);
        preopens = List.copyOf(preopens);
    }

    /** It as an application's only component. */
    LockedComponent locked() {
        return new LockedComponent(
                name,
                new ContentRef(Optional.of(new ContentRef.Inline(new byte[0])), Optional.empty(), Optional.empty()),
                environment,
                List.of(),
                Map.of(),
                List.of("*://*:*"),
                List.of(),
                List.of(),
                List.of(),
                Map.of());
    }

    /** An application that has it answer every path. */
    LockedApp app() {
        var trigger = new LockedTrigger(name, "http", Map.of("route", "/...", "component", name));
        return new LockedApp(name, "", "", Map.of(), List.of(), Map.of(), List.of(trigger), List.of(locked()));
    }

    /** What it is granted. */
    ComponentGrants grants() {
        try {
            return ComponentGrants.of(app(), locked());
        } catch (InvalidAllowedHostException | InvalidTemplateException e) {
            throw new IllegalStateException("grants without a template cannot be wrong", e);
        }
    }
}

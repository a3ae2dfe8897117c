package dev.creel.engine.spin;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.creel.component.core.CoreLimits;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType;
import dev.creel.component.type.ValType.Result;
import dev.creel.engine.variables.ApplicationVariables;
import dev.creel.engine.variables.Apps;
import dev.creel.wasi.http.HttpContext;
import dev.creel.wasi.http.HttpLimits;
import dev.creel.wasi.http.OutgoingHttp;
import dev.creel.wasi.io.Wakeup;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls Spin's host functions as a guest of one small component does, and says results as text. */
final class Calls {
    private static final HostInterfaces HOST = HostInterfaces.of(SpinInterfaces.interfaces());
    private static final CoreLimits UNLIMITED = new CoreLimits() {
        @Override
        public boolean reserveMemory(long bytes) {
            return true;
        }

        @Override
        public boolean reserveTable(long elements) {
            return true;
        }
    };

    final Store store;

    Calls(OutgoingHttp outgoing, Map<String, String> set, String... allowedHosts) throws Exception {
        var component = Apps.component("caps", Map.of("greeting", "{{ greeting }}", "key", "{{ key }}!"), allowedHosts);
        var app = Apps.app(List.of(component), "greeting=moin", "key");
        var context = ComponentGrants.of(app, component).context(ApplicationVariables.of(app.variables(), () -> set));
        store = new Store(UNLIMITED, 100, Store.Waits.FREE)
                .with(SpinContext.class, context)
                .with(Wakeup.class, new Wakeup())
                .with(HttpContext.class, new HttpContext(outgoing, HttpLimits.DEFAULT));
    }

    static Calls allowing(String... hosts) throws Exception {
        return new Calls(
                request -> {
                    throw new AssertionError("nothing may be sent");
                },
                Map.of("key", "k"),
                hosts);
    }

    @Nullable
    Object call(String interfaceName, String function, Object... args) {
        var found = HOST.find(interfaceName).orElseThrow(() -> new AssertionError("no " + interfaceName));
        return Objects.requireNonNull(found.functions().get(function), function).call(store, args);
    }

    /** {@code ok(value)}, {@code case} or {@code case(payload)} of the error type. */
    String say(String interfaceName, String errorType, String function, Object... args) {
        return switch ((Result.Value) Objects.requireNonNull(call(interfaceName, function, args))) {
            case Result.Value.Ok(var value) -> "ok(" + value + ")";
            case Result.Value.Err(var value) -> {
                var error = (ValType.Variant.Value) Objects.requireNonNull(value);
                var types = HOST.find(interfaceName).orElseThrow().wit().types();
                var type = assertInstanceOf(ValType.Variant.class, types.get(errorType));
                var name = type.cases().get(error.index()).name();
                yield error.payload() == null ? name : name + "(" + error.payload() + ")";
            }
        };
    }
}

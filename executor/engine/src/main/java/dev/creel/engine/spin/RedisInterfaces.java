package dev.creel.engine.spin;

import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import java.util.List;

/** Redis: addresses are checked against what the component may reach; no client is behind them yet. */
final class RedisInterfaces {
    /** Index of {@code error} in the enumeration of Spin 1, which tells no more. */
    private static final int FAILED = 1;

    private RedisInterfaces() {}

    static List<HostInterface> interfaces() {
        return List.of(spin2(), spin1());
    }

    private static HostInterface spin2() {
        var wit = SpinWit.of("fermyon:spin/redis@2.0.0");
        var errors = Errors.of(wit, "error");
        return Absent.close(
                HostInterface.of(wit)
                        .function("[static]connection.open", (store, args) -> open(store, (String) args[0], errors)),
                "connection");
    }

    private static HostInterface spin1() {
        return HostInterface.of(SpinWit.of("fermyon:spin/redis"))
                .others((name, type) -> (store, args) -> Result.Value.err(FAILED))
                .build();
    }

    private static Result.Value open(Store store, String address, Errors errors) {
        return store.context(SpinContext.class)
                        .outbound()
                        .check(address, "redis")
                        .allowed()
                ? errors.failure("other", "Redis is not available on this platform yet")
                : errors.failure("invalid-address");
    }
}

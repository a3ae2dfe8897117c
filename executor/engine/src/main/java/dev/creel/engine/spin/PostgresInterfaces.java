package dev.creel.engine.spin;

import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import java.util.List;

/** PostgreSQL: addresses are checked against what the component may reach; no client is behind them yet. */
final class PostgresInterfaces {
    private PostgresInterfaces() {}

    static List<HostInterface> interfaces() {
        return List.of(
                Absent.close(bind("spin:postgres/postgres@3.0.0"), "connection"),
                spin4(),
                Absent.close(bind("fermyon:spin/postgres@2.0.0"), "connection"),
                spin1());
    }

    private static HostInterface.Builder bind(String name) {
        var wit = SpinWit.of(name);
        var errors = Errors.of(wit, "error");
        return HostInterface.of(wit)
                .function("[static]connection.open", (store, args) -> refuse(store, (String) args[0], errors, "other"));
    }

    /** The builder is an object: it only remembers the address until a connection is asked of it. */
    private static HostInterface spin4() {
        var name = "spin:postgres/postgres@4.2.0";
        var errors = Errors.of(SpinWit.of(name), "error");
        var builder = bind(name)
                .resource("connection-builder", ConnectionBuilder.class, object -> {})
                .function("[constructor]connection-builder", (store, args) -> new ConnectionBuilder((String) args[0]))
                .function("[method]connection-builder.set-ca-root", (store, args) -> Result.Value.ok())
                .function(
                        "[method]connection-builder.build",
                        (store, args) -> refuse(store, ((ConnectionBuilder) args[0]).address(), errors, "other"));
        return Absent.close(builder, "connection");
    }

    private record ConnectionBuilder(String address) {}

    private static HostInterface spin1() {
        var wit = SpinWit.of("fermyon:spin/postgres");
        var errors = Errors.of(wit, "pg-error");
        return HostInterface.of(wit)
                .others((name, type) -> (store, args) -> refuse(store, (String) args[0], errors, "other-error"))
                .build();
    }

    private static Result.Value refuse(Store store, String address, Errors errors, String other) {
        try {
            for (var server : PostgresAddress.servers(address)) {
                if (!store.context(SpinContext.class)
                        .outbound()
                        .check(server, "postgres")
                        .allowed()) {
                    return errors.failure("connection-failed", "address " + server + " is not permitted");
                }
            }
            return errors.failure(other, "PostgreSQL is not available on this platform yet");
        } catch (PostgresAddress.InvalidAddressException e) {
            return errors.failure("connection-failed", String.valueOf(e.getMessage()));
        }
    }
}

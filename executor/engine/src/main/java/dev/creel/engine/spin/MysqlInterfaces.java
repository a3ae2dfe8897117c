package dev.creel.engine.spin;

import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import java.util.List;

/** MySQL: addresses are checked against what the component may reach; no client is behind them yet. */
final class MysqlInterfaces {
    private MysqlInterfaces() {}

    static List<HostInterface> interfaces() {
        return List.of(spin2(), spin1());
    }

    private static HostInterface spin2() {
        var wit = SpinWit.of("fermyon:spin/mysql@2.0.0");
        var errors = Errors.of(wit, "error");
        return Absent.close(
                HostInterface.of(wit)
                        .function(
                                "[static]connection.open",
                                (store, args) -> refuse(store, (String) args[0], errors, "other")),
                "connection");
    }

    private static HostInterface spin1() {
        var wit = SpinWit.of("fermyon:spin/mysql");
        var errors = Errors.of(wit, "mysql-error");
        return HostInterface.of(wit)
                .others((name, type) -> (store, args) -> refuse(store, (String) args[0], errors, "other-error"))
                .build();
    }

    private static Result.Value refuse(Store store, String address, Errors errors, String other) {
        return store.context(SpinContext.class)
                        .outbound()
                        .check(address, "mysql")
                        .allowed()
                ? errors.failure(other, "MySQL is not available on this platform yet")
                : errors.failure("connection-failed", "address " + address + " is not permitted");
    }
}

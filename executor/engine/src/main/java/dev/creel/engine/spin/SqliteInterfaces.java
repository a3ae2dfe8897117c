package dev.creel.engine.spin;

import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import java.util.List;

/** SQLite databases: grants are checked; of the databases themselves this platform has none yet, so opening one finds none. */
final class SqliteInterfaces {
    private SqliteInterfaces() {}

    static List<HostInterface> interfaces() {
        return List.of(withResource("spin:sqlite/sqlite@3.1.0"), withResource("fermyon:spin/sqlite@2.0.0"), spin1());
    }

    private static HostInterface withResource(String name) {
        var wit = SpinWit.of(name);
        var errors = Errors.of(wit, "error");
        return Absent.close(
                HostInterface.of(wit)
                        .function("[static]connection.open", (store, args) -> open(store, (String) args[0], errors)),
                "connection");
    }

    /** Connections are numbers here, so a guest can make one up. */
    private static HostInterface spin1() {
        var wit = SpinWit.of("fermyon:spin/sqlite");
        var errors = Errors.of(wit, "error");
        return HostInterface.of(wit)
                .function("open", (store, args) -> open(store, (String) args[0], errors))
                .function("execute", (store, args) -> errors.failure("invalid-connection"))
                .function("close", (store, args) -> null)
                .build();
    }

    private static Result.Value open(Store store, String label, Errors errors) {
        boolean granted = store.context(SpinContext.class).databases().contains(label);
        return errors.failure(granted ? "no-such-database" : "access-denied");
    }
}

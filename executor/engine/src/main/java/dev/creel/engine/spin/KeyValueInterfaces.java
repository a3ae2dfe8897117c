package dev.creel.engine.spin;

import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import java.util.List;

/** Key-value stores: grants are checked; of the stores themselves this platform has none yet, so opening one finds none. */
final class KeyValueInterfaces {
    private KeyValueInterfaces() {}

    static List<HostInterface> interfaces() {
        return List.of(spin2(), spin1(), wasiStore(), wasiAtomics(), wasiBatch());
    }

    private static HostInterface spin2() {
        var wit = SpinWit.of("fermyon:spin/key-value@2.0.0");
        var errors = Errors.of(wit, "error");
        return Absent.close(
                HostInterface.of(wit)
                        .function("[static]store.open", (store, args) -> open(store, (String) args[0], errors)),
                "store");
    }

    /** Stores are numbers here, so a guest can make one up. */
    private static HostInterface spin1() {
        var wit = SpinWit.of("fermyon:spin/key-value");
        var errors = Errors.of(wit, "error");
        return HostInterface.of(wit)
                .function("open", (store, args) -> open(store, (String) args[0], errors))
                .function("close", (store, args) -> null)
                .others((name, type) -> (store, args) -> errors.failure("invalid-store"))
                .build();
    }

    private static HostInterface wasiStore() {
        var wit = SpinWit.of("wasi:keyvalue/store@0.2.0-draft2");
        var errors = Errors.of(wit, "error");
        return Absent.close(
                HostInterface.of(wit).function("open", (store, args) -> open(store, (String) args[0], errors)),
                "bucket");
    }

    private static HostInterface wasiAtomics() {
        return Absent.close(HostInterface.of(SpinWit.of("wasi:keyvalue/atomics@0.2.0-draft2")), "cas");
    }

    private static HostInterface wasiBatch() {
        return Absent.close(HostInterface.of(SpinWit.of("wasi:keyvalue/batch@0.2.0-draft2")));
    }

    private static Result.Value open(Store store, String label, Errors errors) {
        boolean granted = store.context(SpinContext.class).keyValueStores().contains(label);
        return errors.failure(granted ? "no-such-store" : "access-denied");
    }
}

package dev.creel.engine.spin;

import dev.creel.component.host.HostInterface;
import dev.creel.component.host.Store;
import dev.creel.component.type.ValType.Result;
import java.util.List;

/** MQTT: addresses are checked against what the component may reach; no client is behind them yet. */
final class MqttInterfaces {
    private MqttInterfaces() {}

    static List<HostInterface> interfaces() {
        var wit = SpinWit.of("fermyon:spin/mqtt@2.0.0");
        var errors = Errors.of(wit, "error");
        return List.of(Absent.close(
                HostInterface.of(wit)
                        .function("[static]connection.open", (store, args) -> open(store, (String) args[0], errors)),
                "connection"));
    }

    private static Result.Value open(Store store, String address, Errors errors) {
        if (!store.context(SpinContext.class).outbound().check(address, "mqtt").allowed()) {
            return errors.failure("connection-failed", "address " + address + " is not permitted");
        }
        return address.matches(".*[?&]client_id=[^&]+.*")
                ? errors.failure("other", "MQTT is not available on this platform yet")
                : errors.failure("invalid-address");
    }
}

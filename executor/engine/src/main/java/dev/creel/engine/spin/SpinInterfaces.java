package dev.creel.engine.spin;

import dev.creel.component.host.HostInterface;
import java.util.List;
import java.util.stream.Stream;

/**
 * All interfaces beside WASI that ordinary guests import, so that they link. Need {@link SpinContext} in the store, and {@code
 * fermyon:spin/http} what wasi:http needs. Asynchronous functions of the newer packages are not among them.
 */
public final class SpinInterfaces {
    private SpinInterfaces() {}

    /** The interfaces, bound. */
    public static List<HostInterface> interfaces() {
        return Stream.of(
                        VariableInterfaces.interfaces(),
                        KeyValueInterfaces.interfaces(),
                        SqliteInterfaces.interfaces(),
                        RedisInterfaces.interfaces(),
                        MysqlInterfaces.interfaces(),
                        PostgresInterfaces.interfaces(),
                        MqttInterfaces.interfaces(),
                        LlmInterfaces.interfaces(),
                        Spin1Http.interfaces(),
                        types())
                .flatMap(List::stream)
                .toList();
    }

    /** Interfaces of types only; some guests import them by name. */
    private static List<HostInterface> types() {
        return Stream.of("fermyon:spin/rdbms-types@2.0.0", "fermyon:spin/rdbms-types", "fermyon:spin/redis-types")
                .map(name -> HostInterface.of(SpinWit.of(name)).build())
                .toList();
    }
}

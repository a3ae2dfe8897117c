package dev.creel.engine.spin;

import dev.creel.component.binary.CoreWorld;
import dev.creel.component.binary.CoreWorld.Item;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Core modules of Spin 0.x and 1.x, and of TinyGo until much later: their imports and exports are the unversioned interfaces of
 * {@code fermyon:spin} under older names (reference spin-host-interfaces §3.8). They free nothing that they return
 * ({@code canonical_abi_free} is not called): an instance lives for one request.
 */
public final class Spin1Abi {
    private static final String REALLOC = "canonical_abi_realloc";

    private Spin1Abi() {}

    /** The names and what they mean. */
    public static CoreWorld world() {
        var imports = new HashMap<String, Map<String, Item>>();
        imports.put("wasi-outbound-http", Map.of("request", item("http", "send-request")));
        imports.put("spin-config", same("config"));
        imports.put("key-value", same("key-value"));
        imports.put("outbound-redis", same("redis"));
        imports.put("outbound-pg", same("postgres"));
        imports.put("outbound-mysql", same("mysql"));
        imports.put("sqlite", same("sqlite"));
        imports.put("llm", same("llm"));
        return new CoreWorld(
                REALLOC,
                imports,
                Map.of(
                        "handle-http-request", item("inbound-http", "handle-request"),
                        "handle-redis-message", item("inbound-redis", "handle-message")));
    }

    private static Map<String, Item> same(String interfaceName) {
        var items = new HashMap<String, Item>();
        for (var name : SpinWit.spin1(interfaceName).functions().keySet()) {
            items.put(name, item(interfaceName, name));
        }
        return items;
    }

    private static Item item(String interfaceName, String name) {
        var wit = SpinWit.spin1(interfaceName);
        return new Item(wit.name(), name, Objects.requireNonNull(wit.functions().get(name), name));
    }
}

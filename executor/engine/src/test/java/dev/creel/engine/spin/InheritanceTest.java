package dev.creel.engine.spin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.creel.component.core.CoreMemory;
import dev.creel.component.core.CoreType;
import dev.creel.component.host.HostInterfaces;
import dev.creel.component.type.ValType;
import dev.creel.component.type.ValType.Result;
import dev.creel.contract.lockedapp.LockedDependency.Inherit;
import dev.creel.engine.GuestInterfaces;
import dev.creel.wasi.context.WasiContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InheritanceTest {
    private static final HostInterfaces ALL = GuestInterfaces.all();
    private static final HostInterfaces NOTHING = Inheritance.of(ALL, new Inherit.Some(Set.of()));

    private Calls calls;

    @BeforeEach
    void store() throws Exception {
        calls = Calls.allowing("*://*:*");
        WasiContext.builder()
                .environment(Map.of("SECRET", "of the component"))
                .build()
                .into(calls.store);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fermyon:spin/llm@2.0.0 | infer | model-not-supported",
                "fermyon:spin/llm | generate-embeddings | model-not-supported",
                "fermyon:spin/http | send-request | destination-not-allowed",
                "fermyon:spin/mysql | query | other-error(\"fermyon:spin/mysql\" is not permitted)",
                "fermyon:spin/postgres | execute | other-error(\"fermyon:spin/postgres\" is not permitted)",
                "fermyon:spin/redis | publish | error",
                "fermyon:spin/mqtt@2.0.0 | [static]connection.open | other(\"fermyon:spin/mqtt\" is not permitted)",
                "fermyon:spin/mysql@2.0.0 | [static]connection.open | other(\"fermyon:spin/mysql\" is not permitted)",
                "fermyon:spin/redis@2.0.0 | [static]connection.open | other(\"fermyon:spin/redis\" is not permitted)",
                "spin:postgres/postgres@4.2.0 | [static]connection.open | other(\"spin:postgres/postgres\" is not permitted)",
                "spin:postgres/postgres@3.0.0 | [static]connection.open | other(\"spin:postgres/postgres\" is not permitted)",
                "wasi:sockets/ip-name-lookup@0.2.6 | resolve-addresses | access-denied",
                "wasi:sockets/tcp-create-socket@0.2.6 | create-tcp-socket | access-denied",
                "wasi:sockets/udp-create-socket@0.2.0 | create-udp-socket | access-denied",
                "fermyon:spin/key-value | open | access-denied",
                "fermyon:spin/key-value@2.0.0 | [static]store.open | access-denied",
                "wasi:keyvalue/store@0.2.0-draft2 | open | access-denied",
                "fermyon:spin/sqlite | open | access-denied",
                "fermyon:spin/sqlite@2.0.0 | [static]connection.open | access-denied",
                "spin:sqlite/sqlite@3.0.0 | [static]connection.open | access-denied",
                "fermyon:spin/config | get-config | other(\"fermyon:spin/config\" is not permitted)",
                "fermyon:spin/variables@2.0.0 | get | undefined(greeting)",
                "wasi:config/store@0.2.0-draft-2024-09-27 | get | io(\"wasi:config/store\" is not permitted)",
            })
    void whatIsNotInheritedAnswersItsInterfacesOwnError(String interfaceName, String function, String error) {
        var type = ALL.find(interfaceName).orElseThrow().wit().functions().get(function);
        var args = Objects.requireNonNull(type).params().stream()
                .map(one -> one.type().equals(ValType.Primitive.STRING) ? "greeting" : new Object())
                .toArray();
        assertEquals(error, error(interfaceName, function, call(NOTHING, interfaceName, function, args)));
    }

    @Test
    void anOutgoingRequestIsFreedAndRefused() {
        var fields = call(ALL, "wasi:http/types@0.2.0", "[constructor]fields");
        var request = call(ALL, "wasi:http/types@0.2.0", "[constructor]outgoing-request", fields);
        var answer = call(NOTHING, "wasi:http/outgoing-handler@0.2.6", "handle", request, Optional.empty());
        var failure = (ValType.Variant.Value) Objects.requireNonNull(((Result.Value.Err) answer).value());
        assertEquals(Optional.of("\"wasi:http/client\" is not permitted"), failure.payload());
        assertEquals(
                "internal-error",
                error("wasi:http/outgoing-handler@0.2.6", "handle", answer).split("\\(")[0]);
    }

    @Test
    void environmentAndFilesAreEmptyUnlessInherited() {
        assertEquals(List.of(), call(NOTHING, "wasi:cli/environment@0.2.3", "get-environment"));
        assertEquals(Optional.empty(), call(NOTHING, "wasi:cli/environment@0.2.3", "initial-cwd"));
        assertEquals(List.of(), call(NOTHING, "wasi:filesystem/preopens@0.2.3", "get-directories"));
        var inheriting = Inheritance.of(ALL, new Inherit.Some(Set.of("environment", "no-such-set")));
        var variables = (List<?>) call(inheriting, "wasi:cli/environment@0.2.3", "get-environment");
        assertArrayEquals(new Object[] {"SECRET", "of the component"}, (Object[]) variables.getFirst());
    }

    @Test
    void onlyTheNamedSetsAreInherited() {
        var some = Inheritance.of(ALL, new Inherit.Some(Set.of("variables")));
        assertEquals(Result.Value.ok("moin"), call(some, "fermyon:spin/variables@2.0.0", "get", "greeting"));
        assertEquals(
                "access-denied",
                error(
                        "fermyon:spin/key-value@2.0.0",
                        "[static]store.open",
                        call(some, "fermyon:spin/key-value@2.0.0", "[static]store.open", "default")));
        assertSame(ALL, Inheritance.of(ALL, new Inherit.All()));
    }

    @Test
    void whatIsNobodysGrantStays() {
        for (var name : List.of("wasi:http/types@0.2.0", "wasi:clocks/wall-clock@0.2.0", "wasi:cli/stdout@0.2.0")) {
            assertSame(ALL.find(name).orElseThrow(), NOTHING.find(name).orElseThrow());
        }
        assertNotEquals(ALL.find("wasi:cli/environment@0.2.0"), NOTHING.find("wasi:cli/environment@0.2.0"));
    }

    @Test
    void aCoreModuleFindsNoFilesAndNoEnvironment() {
        var memory = new Bytes(64);
        memory.bytes()[8] = 9;
        assertEquals(0, preview1(memory, "environ_sizes_get", 8, 12));
        assertArrayEquals(new byte[64], memory.bytes());
        assertEquals(0, preview1(memory, "environ_get", 8, 12));
        assertEquals(21, preview1(memory, "environ_sizes_get", 61, 0));
        assertEquals(8, preview1(memory, "fd_prestat_get", 3, 8));
        assertEquals(8, preview1(memory, "path_open", 3, 0, 0, 1, 0, 0, 0, 0, 8));
        assertEquals(8, preview1(memory, "fd_read", 4, 0, 0, 8));
        assertEquals(0, preview1(memory, "fd_fdstat_get", 1, 8));
    }

    private long preview1(CoreMemory memory, String name, long... args) {
        return NOTHING.findCore("wasi_snapshot_preview1", name)
                .orElseThrow()
                .body()
                .call(calls.store, memory, args)[0];
    }

    private record Bytes(byte[] bytes) implements CoreMemory {
        Bytes(int size) {
            this(new byte[size]);
        }

        @Override
        public int size() {
            return bytes.length;
        }

        @Override
        public CoreType.Memory type() {
            return new CoreType.Memory(1, 1, false);
        }
    }

    private Object call(HostInterfaces host, String interfaceName, String function, Object... args) {
        var found = host.find(interfaceName).orElseThrow(() -> new AssertionError("no " + interfaceName));
        return Objects.requireNonNull(Objects.requireNonNull(found.functions().get(function), function)
                .call(calls.store, args));
    }

    /** {@code case} or {@code case(payload)} of the function's error. */
    private static String error(String interfaceName, String function, Object result) {
        var declared = ALL.find(interfaceName).orElseThrow().wit().functions().get(function);
        var type = (Result) Objects.requireNonNull(declared).result().orElseThrow();
        var value = Objects.requireNonNull(((Result.Value.Err) result).value());
        return switch (type.err().orElseThrow()) {
            case ValType.EnumOf(var labels) -> labels.get((Integer) value);
            case ValType.Variant(var cases) -> {
                var variant = (ValType.Variant.Value) value;
                var name = cases.get(variant.index()).name();
                yield variant.payload() == null ? name : name + "(" + variant.payload() + ")";
            }
            default -> throw new AssertionError("neither an enum nor a variant");
        };
    }
}

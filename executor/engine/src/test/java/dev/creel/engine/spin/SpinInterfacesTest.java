package dev.creel.engine.spin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.host.HostInterfaces;
import dev.creel.component.type.ValType.Result;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpinInterfacesTest {
    private static final String VARIABLES = "fermyon:spin/variables@2.0.0";
    private static final String CONFIG = "wasi:config/store@0.2.0-draft-2024-09-27";

    @Test
    void everyDeclaredInterfaceIsOffered() {
        var host = HostInterfaces.of(SpinInterfaces.interfaces());
        for (var name : SpinWit.names()) {
            assertTrue(host.find(name).isPresent(), name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spin:postgres/postgres@4.0.0",
                "spin:postgres/postgres@4.1.0",
                "spin:postgres/postgres@3.0.0",
                "spin:sqlite/sqlite@3.0.0",
                "wasi:keyvalue/batch@0.2.0-draft2"
            })
    void olderVersionsOfTheSameTrackAreServed(String name) {
        assertTrue(HostInterfaces.of(SpinInterfaces.interfaces()).find(name).isPresent());
    }

    @Test
    void variablesAnswerInTheirInterfacesOwnErrors() throws Exception {
        var calls = Calls.allowing();
        assertEquals("ok(moin)", calls.say(VARIABLES, "error", "get", "greeting"));
        assertEquals("ok(k!)", calls.say(VARIABLES, "error", "get", "key"));
        assertEquals(
                "undefined(no variable for \"caps\".\"nothing\")", calls.say(VARIABLES, "error", "get", "nothing"));
        assertTrue(calls.say(VARIABLES, "error", "get", "Bad-Name").startsWith("invalid-name("));
        assertEquals("ok(moin)", calls.say("fermyon:spin/config", "error", "get-config", "greeting"));
        assertTrue(calls.say("fermyon:spin/config", "error", "get-config", "nothing")
                .startsWith("provider("));
        assertTrue(calls.say("fermyon:spin/config", "error", "get-config", "Bad-Name")
                .startsWith("invalid-key("));
    }

    @Test
    void wasiConfigKnowsTheSameVariables() throws Exception {
        var calls = Calls.allowing();
        assertEquals(Result.Value.ok(Optional.of("moin")), calls.call(CONFIG, "get", "greeting"));
        assertEquals(Result.Value.ok(Optional.empty()), calls.call(CONFIG, "get", "nothing"));
        assertEquals(Result.Value.ok(Optional.empty()), calls.call(CONFIG, "get", "Bad-Name"));
        var all = (Result.Value.Ok) Objects.requireNonNull(calls.call(CONFIG, "get-all"));
        var pairs = (List<?>) Objects.requireNonNull(all.value());
        assertArrayEquals(new Object[] {"greeting", "moin"}, (Object[]) pairs.get(0));
        assertArrayEquals(new Object[] {"key", "k!"}, (Object[]) pairs.get(1));
    }

    @Test
    void aRequiredVariableWithoutValueIsAProvidersError() throws Exception {
        var calls = new Calls(
                request -> {
                    throw new AssertionError("nothing may be sent");
                },
                Map.of());
        assertEquals(
                "provider(no provider resolved required variable \"key\")",
                calls.say(VARIABLES, "error", "get", "key"));
        assertTrue(calls.say(CONFIG, "error", "get", "key").startsWith("upstream("));
        assertTrue(calls.say(CONFIG, "error", "get-all").startsWith("upstream("));
    }

    @Test
    void storesThatAreNotGrantedAreDeniedAndGrantedOnesAreNotThereYet() throws Exception {
        var calls = Calls.allowing();
        for (var each : Map.of(
                        "fermyon:spin/key-value@2.0.0", "[static]store.open",
                        "fermyon:spin/key-value", "open",
                        "wasi:keyvalue/store@0.2.0-draft2", "open")
                .entrySet()) {
            assertEquals("access-denied", calls.say(each.getKey(), "error", each.getValue(), "private"));
            assertEquals("no-such-store", calls.say(each.getKey(), "error", each.getValue(), "default"));
        }
        for (var each : Map.of(
                        "spin:sqlite/sqlite@3.0.0", "[static]connection.open",
                        "fermyon:spin/sqlite@2.0.0", "[static]connection.open",
                        "fermyon:spin/sqlite", "open")
                .entrySet()) {
            assertEquals("access-denied", calls.say(each.getKey(), "error", each.getValue(), "private"));
            assertEquals("no-such-database", calls.say(each.getKey(), "error", each.getValue(), "default"));
        }
    }

    @Test
    void numbersThatAGuestMadeUpAreInvalid() throws Exception {
        var calls = Calls.allowing();
        assertEquals("invalid-store", calls.say("fermyon:spin/key-value", "error", "get", 7L, "k"));
        assertEquals(
                "invalid-connection", calls.say("fermyon:spin/sqlite", "error", "execute", 7L, "SELECT 1", List.of()));
        assertEquals(null, calls.call("fermyon:spin/key-value", "close", 7L));
    }

    @Test
    void serversThatAreNotAllowedAreDeniedInTheWordsOfTheirInterface() throws Exception {
        var calls = Calls.allowing("redis://good", "postgres://good", "mysql://good", "mqtt://good");
        var open = "[static]connection.open";
        assertEquals("invalid-address", calls.say("fermyon:spin/redis@2.0.0", "error", open, "redis://127.0.0.1:1"));
        assertEquals("invalid-address", calls.say("fermyon:spin/redis@2.0.0", "error", open, "nonsense"));
        assertEquals(Result.Value.err(1), calls.call("fermyon:spin/redis", "get", "redis://good", "k"));
        for (var name : List.of(
                "fermyon:spin/postgres@2.0.0", "spin:postgres/postgres@3.0.0", "spin:postgres/postgres@4.0.0")) {
            assertEquals(
                    "connection-failed(address postgres://127.0.0.1:1 is not permitted)",
                    calls.say(name, "error", open, "postgres://127.0.0.1:1/x"));
            assertTrue(
                    calls.say(name, "error", open, "host=good user=u").startsWith("other(PostgreSQL is not available"));
        }
        assertEquals(
                "connection-failed(address postgres://bad:5432 is not permitted)",
                calls.say("fermyon:spin/postgres", "pg-error", "query", "host=bad", "SELECT 1", List.of()));
        assertEquals(
                "connection-failed(address mysql://127.0.0.1:1/x is not permitted)",
                calls.say("fermyon:spin/mysql@2.0.0", "error", open, "mysql://127.0.0.1:1/x"));
        assertTrue(calls.say("fermyon:spin/mysql", "mysql-error", "execute", "mysql://good", "DO 1", List.of())
                .startsWith("other-error(MySQL is not available"));
        assertEquals(
                "connection-failed(address mqtt://127.0.0.1:1?client_id=x is not permitted)",
                calls.say("fermyon:spin/mqtt@2.0.0", "error", open, "mqtt://127.0.0.1:1?client_id=x", "u", "p", 1L));
        assertEquals(
                "invalid-address", calls.say("fermyon:spin/mqtt@2.0.0", "error", open, "mqtt://good", "u", "p", 1L));
        assertTrue(calls.say("fermyon:spin/mqtt@2.0.0", "error", open, "mqtt://good?client_id=x", "u", "p", 1L)
                .startsWith("other(MQTT is not available"));
    }

    @Test
    void aConnectionBuilderChecksTheAddressToo() throws Exception {
        var calls = Calls.allowing("postgres://good");
        var name = "spin:postgres/postgres@4.2.0";
        var builder = Objects.requireNonNull(calls.call(name, "[constructor]connection-builder", "host=bad"));
        assertEquals(Result.Value.ok(), calls.call(name, "[method]connection-builder.set-ca-root", builder, "PEM"));
        assertEquals(
                "connection-failed(address postgres://bad:5432 is not permitted)",
                calls.say(name, "error", "[method]connection-builder.build", builder));
    }

    @Test
    void modelsThatAreNotGrantedAreRefusedInSpinsWords() throws Exception {
        var calls = Calls.allowing();
        for (var name : List.of("fermyon:spin/llm@2.0.0", "fermyon:spin/llm")) {
            var text =
                    "invalid-input(The component does not have access to use 'other'. To give the component access, add"
                            + " 'other' to the 'ai_models' key for the component in your spin.toml manifest)";
            assertEquals(text, calls.say(name, "error", "infer", "other", "hi", Optional.empty()));
            assertEquals(text, calls.say(name, "error", "generate-embeddings", "other", List.of("hi")));
            assertEquals(
                    "runtime-error(language models are not available on this platform yet)",
                    calls.say(name, "error", "infer", "llama2-chat", "hi", Optional.empty()));
        }
    }
}

package dev.creel.wasi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.core.TrapException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
    private static final int INVALID_SYNTAX = 0;
    private static final int FORBIDDEN = 1;
    private static final int IMMUTABLE = 2;

    private final Guest guest = Guest.alone();

    @Test
    void keepsOrderAndAnswersInLowerCase() {
        var fields = guest.fields("X-B", "1", "x-a", "2", "x-b", "3");
        assertEquals("x-b=1 x-a=2 x-b=3", entries(fields));
        assertEquals(List.of("1", "3"), values(fields, "X-b"));
        assertEquals(true, guest.call("fields.has", fields, "X-A"));
        assertEquals(List.of(), values(fields, "not a name"));
    }

    @Test
    void setReplacesAndDeleteRemovesAllLinesOfAName() {
        var fields = guest.fields("a", "1", "b", "2", "A", "3");
        guest.ok("fields.set", fields, "A", List.of(Guest.bytes("x"), Guest.bytes("y")));
        assertEquals("b=2 a=x a=y", entries(fields));
        guest.ok("fields.delete", fields, "a");
        assertEquals("b=2", entries(fields));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection",
                "keep-alive",
                "proxy-authenticate",
                "proxy-authorization",
                "proxy-connection",
                "transfer-encoding",
                "upgrade",
                "HOST",
                "http2-settings"
            })
    void refusesFieldsThatAreTheHostsOwn(String name) {
        var fields = guest.fields();
        assertEquals(FORBIDDEN, guest.errCase("fields.append", fields, name, Guest.bytes("x")));
        assertEquals(FORBIDDEN, guest.errCase("fields.set", fields, name, List.of()));
        assertEquals(FORBIDDEN, guest.errCase("fields.delete", fields, name));
        assertEquals(FORBIDDEN, guest.errCase("fields.from-list", Collections.singletonList(pair(name, "x"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x ok", "x:y", "é", "x\n"})
    void refusesNamesThatAreNoTokens(String name) {
        assertEquals(INVALID_SYNTAX, guest.errCase("fields.append", guest.fields(), name, Guest.bytes("x")));
        assertEquals(INVALID_SYNTAX, guest.errCase("fields.from-list", Collections.singletonList(pair(name, "x"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb", "a\0", "\u007f"})
    void refusesValuesWithControls(String value) {
        assertEquals(INVALID_SYNTAX, guest.errCase("fields.append", guest.fields(), "x", Guest.bytes(value)));
        assertEquals(INVALID_SYNTAX, guest.errCase("fields.set", guest.fields(), "x", List.of(Guest.bytes(value))));
    }

    @Test
    void takesTabsAndBytesAboveAscii() {
        assertEquals("x=a\tb é", entries(guest.fields("x", "a\tb é")));
    }

    @Test
    void headersOfMessagesAreImmutableAndTheirClonesAreNot() {
        var request = guest.call("outgoing-request", guest.fields("a", "1"));
        var headers = guest.call("outgoing-request.headers", request);
        assertEquals(IMMUTABLE, guest.errCase("fields.append", headers, "b", Guest.bytes("2")));
        assertEquals(IMMUTABLE, guest.errCase("fields.set", headers, "a", List.of()));
        assertEquals(IMMUTABLE, guest.errCase("fields.delete", headers, "a"));
        var clone = guest.call("fields.clone", headers);
        guest.ok("fields.append", clone, "b", Guest.bytes("2"));
        assertEquals("a=1 b=2", entries(clone));
        assertEquals("a=1", entries(headers));
    }

    @Test
    void trapsBeyondTheLimitOfBytes() {
        var fields = guest.fields("x", "v".repeat((128 << 10) - 1));
        guest.ok("fields.delete", fields, "x");
        guest.ok("fields.append", fields, "y", new byte[0]);
        var trap = assertThrows(
                TrapException.class,
                () -> guest.call("fields.append", fields, "z", Guest.bytes("v".repeat((128 << 10) - 1))));
        assertTrue(trap.getMessage().contains("131072"), trap.getMessage());
    }

    private String entries(Object fields) {
        var all = new StringBuilder();
        for (var entry : (List<?>) guest.call("fields.entries", fields)) {
            var pair = (Object[]) entry;
            all.append(pair[0]).append('=').append(string(pair[1])).append(' ');
        }
        return all.toString().strip();
    }

    private List<String> values(Object fields, String name) {
        return ((List<?>) guest.call("fields.get", fields, name))
                .stream().map(FieldsTest::string).toList();
    }

    private static Object[] pair(String name, String value) {
        return new Object[] {name, Guest.bytes(value)};
    }

    private static String string(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.ISO_8859_1);
    }
}

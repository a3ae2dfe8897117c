package dev.creel.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostTextTest {
    @ParameterizedTest
    @CsvSource({
        "Hello.Apps.Localhost, hello.apps.localhost, false",
        "h.example.com:8080, h.example.com, false",
        "h.example.com., h.example.com, false",
        "h.example.com.:80, h.example.com, false",
        "h:, h, false",
        "a_b-c.x, a_b-c.x, false",
        "127.0.0.1:8080, 127.0.0.1, true",
        "[::1]:8080, ::1, true",
        "[2001:DB8::1], 2001:db8::1, true",
    })
    void readsNamesAndAddresses(String text, String name, boolean address) {
        assertEquals(new HostText(name, address), HostText.read(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                ".",
                "a..b",
                ".a",
                "a b",
                "user@h",
                "h:80a",
                "h:123456",
                "h:-1",
                "[::1",
                "[]",
                "[h]:80",
                "[::1]x",
                "a/b",
                "ü.de",
                "h#",
                "a:80:80"
            })
    void refusesEverythingElse(String text) {
        assertNull(HostText.read(text));
    }

    @Test
    void refusesNamesOver253Letters() {
        assertNull(HostText.read("a.".repeat(127) + "b"));
    }
}

package dev.creel.chassis.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code application/x-www-form-urlencoded} text: queries, and path segments as the spin client writes them. */
final class FormText {
    private FormText() {}

    /** Names with their values, in order. Broken escapes stay as they were written. */
    static Map<String, List<String>> parse(String text) {
        var values = new LinkedHashMap<String, List<String>>();
        for (var pair : text.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                var name = decode(equals < 0 ? pair : pair.substring(0, equals));
                var value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                values.computeIfAbsent(name, ignored -> new ArrayList<>()).add(value);
            }
        }
        return values;
    }

    /** Decodes {@code +} and {@code %XX}; text with broken escapes is returned as it is. */
    static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}

package dev.creel.conformance.core;

import tools.jackson.databind.JsonNode;

/** Vectors as the scripts' JSON spells them, lane by lane; the engine port has two numbers for one, the lower half first. */
final class CoreVectors {
    private static final int HALF = Long.SIZE;

    private CoreVectors() {}

    static boolean is(JsonNode value) {
        return value.get("type").asString().equals("v128");
    }

    /** How many numbers a value is. */
    static int words(JsonNode values) {
        var words = values.size();
        for (var value : values) {
            words += is(value) ? 1 : 0;
        }
        return words;
    }

    /** One half of an argument. */
    static long half(JsonNode value, boolean high) {
        var lanes = value.get("value");
        var width = 2 * HALF / lanes.size();
        var bits = 0L;
        for (int i = 0; i < HALF / width; i++) {
            var lane = lanes.get(high ? i + HALF / width : i).asString();
            var number = lane.startsWith("-") ? Long.parseLong(lane) : Long.parseUnsignedLong(lane);
            bits |= (number & (-1L >>> (HALF - width))) << (i * width);
        }
        return bits;
    }

    /** Whether the halves are what {@code expected} says. */
    static boolean matches(JsonNode expected, long low, long high) {
        var lanes = expected.get("value");
        var width = 2 * HALF / lanes.size();
        var same = true;
        for (int i = 0; i < lanes.size(); i++) {
            var bit = i * width;
            var lane = (bit < HALF ? low : high) << (HALF - width - bit % HALF) >> (HALF - width);
            same &= matches(expected.get("lane_type").asString(), lanes.get(i).asString(), lane, width);
        }
        return same;
    }

    private static boolean matches(String type, String text, long lane, int width) {
        if (text.startsWith("nan:")) {
            return CoreBits.isNan(type, text, lane);
        }
        var number = text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
        return ((number ^ lane) << (HALF - width)) == 0;
    }
}

package dev.creel.conformance.core;

import tools.jackson.databind.JsonNode;

/** Core values as the scripts' JSON spells them: decimal numbers of their bits, {@code nan:…} for classes, {@code null}. */
final class CoreBits {
    /** How the engine port spells a null reference. */
    private static final long NULL = -1;

    private static final int F32_SIGN_OFF = 0x7fff_ffff;
    private static final int F32_CANONICAL = 0x7fc0_0000;
    private static final long F64_SIGN_OFF = 0x7fff_ffff_ffff_ffffL;
    private static final long F64_CANONICAL = 0x7ff8_0000_0000_0000L;

    private static final String NAN = "nan:";

    private CoreBits() {}

    /** The bits of an argument. */
    static long of(JsonNode value) {
        var text = value.has("value") ? value.get("value").asString() : "null";
        if (text.equals("null")) {
            return NULL;
        }
        return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
    }

    /** Whether {@code actual} is of a class of NaNs. */
    static boolean isNan(String type, String text, long actual) {
        var canonical = text.equals("nan:canonical");
        if (type.equals("f32")) {
            return ((int) actual & (canonical ? F32_SIGN_OFF : F32_CANONICAL)) == F32_CANONICAL;
        }
        return (actual & (canonical ? F64_SIGN_OFF : F64_CANONICAL)) == F64_CANONICAL;
    }

    /** Whether {@code actual} is what {@code expected} says. */
    static boolean matches(JsonNode expected, long actual) {
        var text = expected.has("value") ? expected.get("value").asString() : "";
        return switch (expected.get("type").asString()) {
            case "i32" -> (int) actual == (int) of(expected);
            case "i64" -> actual == of(expected);
            case "f32" -> text.startsWith(NAN) ? isNan("f32", text, actual) : (int) actual == (int) of(expected);
            case "f64" -> text.startsWith(NAN) ? isNan("f64", text, actual) : actual == of(expected);
            // A reference without a value: any that is not null.
            case "funcref", "externref" -> text.isEmpty() ? (int) actual != NULL : (int) actual == (int) of(expected);
            case "anyref", "exnref", "refnull", "nullfuncref", "nullref", "nullexternref", "nullexnref" ->
                (int) actual == (int) of(expected);
            default -> false;
        };
    }
}

package dev.creel.codegen.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Plays as one script in the language of the specification's tests, with what we saw as what is wanted. One command is one line. */
final class WastScript {
    private final List<String> lines = new ArrayList<>();
    /** The play that each line belongs to. */
    private final List<Comparison.Result> plays = new ArrayList<>();

    /** A script of these. */
    WastScript(List<Comparison.Result> results) {
        results.forEach(this::add);
    }

    List<String> lines() {
        return lines;
    }

    /** Whose line this is; the first has number 1. */
    Comparison.Result of(int line) {
        return plays.get(line - 1);
    }

    private void add(Comparison.Result result) {
        var play = result.play();
        for (int i = 0; i < play.modules().size(); i++) {
            line("(module $m" + i + " binary \"" + escaped(play.modules().get(i).wasm()) + "\")", result);
            if (i == 0) {
                line("(register \"first\" $m0)", result);
            }
        }
        for (int i = 0; i < result.seen().size(); i++) {
            add(play.steps().get(i), result.seen().get(i), result);
        }
    }

    private void add(Play.Step step, Seen seen, Comparison.Result result) {
        var modules = result.play().modules();
        for (int i = 0; i < modules.size(); i++) {
            line("(assert_return (invoke $m" + i + " \"refuel\"))", result);
        }
        var type = modules.get(step.module()).type(step.function());
        var invoke = "(invoke $m" + step.module() + " \"" + step.name() + "\""
                + values(
                        type.params(),
                        IntStream.range(0, step.args().length)
                                .mapToObj(i -> step.args()[i])
                                .toList())
                + ")";
        line(wanted(invoke, type, seen), result);
        for (int i = 0; i < modules.size(); i++) {
            var state = seen.states().get(i);
            line("(assert_return (invoke $m" + i + " \"memory-hash\") (i64.const " + state.memory() + "))", result);
            line("(assert_return (invoke $m" + i + " \"state\") (i64.const " + state.rest() + "))", result);
        }
    }

    private static String wanted(String invoke, Signature type, Seen seen) {
        return switch (seen.trap()) {
            case "" -> "(assert_return " + invoke + values(type.results(), seen.results()) + ")";
            case Seen.UNCAUGHT -> "(assert_exception " + invoke + ")";
            default -> "(assert_trap " + invoke + " \"" + seen.trap() + "\")";
        };
    }

    private void line(String text, Comparison.Result result) {
        lines.add(text);
        plays.add(result);
    }

    private static String escaped(byte[] wasm) {
        var text = new StringBuilder();
        for (byte one : wasm) {
            text.append(String.format("\\%02x", one));
        }
        return text.toString();
    }

    private static String values(List<Kind> kinds, List<Long> bits) {
        return IntStream.range(0, bits.size())
                .mapToObj(i -> " " + value(kinds.get(i), bits.get(i)))
                .collect(Collectors.joining());
    }

    private static String value(Kind kind, long bits) {
        return switch (kind.value()) {
            case I32 -> "(i32.const " + (int) bits + ")";
            case I64 -> "(i64.const " + bits + ")";
            case F32 -> {
                float value = Float.intBitsToFloat((int) bits);
                yield "(f32.const "
                        + (Float.isNaN(value)
                                ? nan((int) bits & 0x7f_ffff, bits << 32 < 0)
                                : real(Float.toHexString(value)))
                        + ")";
            }
            case F64 -> {
                double value = Double.longBitsToDouble(bits);
                yield "(f64.const "
                        + (Double.isNaN(value)
                                ? nan(bits & 0xf_ffff_ffff_ffffL, bits < 0)
                                : real(Double.toHexString(value)))
                        + ")";
            }
            case V128, FUNCREF, EXTERNREF, EXNREF -> throw new IllegalArgumentException("not a number: " + kind);
        };
    }

    private static String nan(long payload, boolean negative) {
        return (negative ? "-" : "") + "nan:0x" + Long.toHexString(payload);
    }

    private static String real(String hex) {
        return hex.replace("Infinity", "inf");
    }
}

package dev.creel.e2e.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A guest of which any number of different ones can be made: other data by another text of the same length that it answers with,
 * other code by another constant. Each says in its answers which one it is. Immutable.
 */
final class MarkedGuest {
    private final String label;
    private final byte[] wasm;
    private final int markLength;
    private final List<Integer> marks;
    private final Optional<Constant> constant;
    private final Answers answers;

    /**
     * A constant in the code.
     *
     * @param opcode of the instruction that has it
     * @param base what keys are added to: as many bytes for each of them
     */
    private record Constant(int opcode, long base, int at) {}

    /** What a copy answers. */
    private interface Answers {
        List<Expected> of(String mark, long constant);
    }

    /** A request and its whole answer. */
    record Expected(String path, String body) {}

    private MarkedGuest(String label, Path file, String mark, List<String> endings, Answers answers)
            throws IOException {
        this(label, Files.readAllBytes(file), mark, endings, Optional.empty(), answers);
    }

    private MarkedGuest(
            String label,
            byte[] wasm,
            String mark,
            List<String> endings,
            Optional<Constant> constant,
            Answers answers) {
        this.label = label;
        this.wasm = wasm;
        this.markLength = mark.length();
        this.marks = new ArrayList<>();
        for (var ending : endings) {
            marks.addAll(places(wasm, (mark + ending).getBytes(StandardCharsets.ISO_8859_1)));
        }
        this.constant = constant;
        this.answers = answers;
        if (marks.isEmpty()) {
            throw new IllegalArgumentException(label + " does not hold '" + mark + "'");
        }
    }

    /** The one of this repository. */
    static MarkedGuest small() throws IOException {
        var wasm = Files.readAllBytes(Path.of("src/test/guests/small.wasm"));
        var constant = constant(wasm, 0x41, 0x4b455921, 0x4000_0000);
        return new MarkedGuest(
                "small",
                wasm,
                "app-00000000",
                List.of(""),
                Optional.of(constant),
                (mark, value) -> List.of(new Expected("/", mark + " " + value)));
    }

    /** The small guest among the real ones. */
    static MarkedGuest cWasiHttp(Path guests) throws IOException {
        var wasm = Files.readAllBytes(file(guests, "c-wasi-http"));
        var constant = constant(wasm, 0x42, 0xcbf2_9ce4_8422_2325L, 0xcbf2_9ce4_0000_0000L);
        return new MarkedGuest(
                "c-wasi-http",
                wasm,
                "hello from C",
                List.of("\n"),
                Optional.of(constant),
                (mark, value) -> List.of(
                        new Expected("/", mark + "\n"), new Expected("/digest", "0 " + Long.toHexString(value))));
    }

    /** The smallest one of Spin's SDK for Rust. */
    static MarkedGuest rust(Path guests) throws IOException {
        return new MarkedGuest(
                "rust-hello",
                file(guests, "rust-hello"),
                "Hello World!",
                List.of(""),
                (mark, value) -> List.of(new Expected("/", mark)));
    }

    /** JavaScript applications of three SDKs; each engine has its own code key. Their text lies in the source and among the atoms. */
    static List<MarkedGuest> javaScript(Path guests) throws IOException {
        return List.of(
                javaScript(guests, "js-hono", "notes service"),
                javaScript(guests, "js-fetch-event", "relay"),
                javaScript(guests, "js-spin-legacy", "capabilities"));
    }

    private static MarkedGuest javaScript(Path guests, String name, String text) throws IOException {
        return new MarkedGuest(
                name,
                file(guests, name),
                text,
                List.of("\n", "\\n"),
                (mark, value) -> List.of(new Expected("/", mark + "\n")));
    }

    static Path file(Path guests, String name) {
        return guests.resolve(name).resolve(name + ".wasm");
    }

    private static Constant constant(byte[] wasm, int opcode, long value, long base) {
        var found = places(wasm, instruction(opcode, value));
        if (found.size() != 1) {
            throw new IllegalArgumentException("the constant is there " + found.size() + " times, not once");
        }
        return new Constant(opcode, base, found.getFirst());
    }

    /** Its name. */
    String label() {
        return label;
    }

    /** Bytes of each copy. */
    int size() {
        return wasm.length;
    }

    /** Number {@code number}, whose code is that of {@code key}. */
    BenchApp app(int number, int key) {
        var mark = mark(number);
        return new BenchApp(
                label + "-" + number,
                () -> copy(mark, key),
                answers.of(mark, constant.map(one -> one.base() + key).orElse(0L)));
    }

    private String mark(int number) {
        var digits = Integer.toString(number);
        var prefix = markLength >= 12 ? "app-" : "";
        return prefix + "0".repeat(markLength - prefix.length() - digits.length()) + digits;
    }

    private byte[] copy(String mark, int key) {
        var copy = wasm.clone();
        var text = mark.getBytes(StandardCharsets.ISO_8859_1);
        marks.forEach(at -> System.arraycopy(text, 0, copy, at, text.length));
        constant.ifPresent(one -> {
            var instruction = instruction(one.opcode(), one.base() + key);
            System.arraycopy(instruction, 0, copy, one.at(), instruction.length);
        });
        return copy;
    }

    /** Opcode and signed LEB128. */
    private static byte[] instruction(int opcode, long value) {
        var bytes = new ByteArrayOutputStream();
        bytes.write(opcode);
        long left = value;
        while (left < -64 || left > 63) {
            bytes.write((int) ((left & 0x7f) | 0x80));
            left >>= 7;
        }
        bytes.write((int) (left & 0x7f));
        return bytes.toByteArray();
    }

    private static List<Integer> places(byte[] bytes, byte[] part) {
        var found = new ArrayList<Integer>();
        for (int at = 0; at + part.length <= bytes.length; at++) {
            if (bytes[at] == part[0] && java.util.Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                found.add(at);
            }
        }
        return found;
    }
}

package dev.creel.wasi.guest;

import static dev.creel.wasi.guest.Guest.err;
import static dev.creel.wasi.guest.Guest.ok;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.creel.component.type.ValType.Result;
import dev.creel.wasi.cli.GuestExitException;
import dev.creel.wasi.context.WasiContext;
import dev.creel.wasi.io.ByteInput;
import dev.creel.wasi.io.LineOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CliTest {
    @Test
    void showsEnvironmentAndArgumentsInOrder() {
        var environment = new LinkedHashMap<String, String>();
        environment.put("Z", "1");
        environment.put("A", "");
        try (var guest =
                new Guest(WasiContext.builder().environment(environment).arguments(List.of("x", "y z")))) {
            var variables = (List<?>) guest.call("cli/environment", "get-environment");
            assertArrayEquals(new Object[] {"Z", "1"}, (Object[]) variables.get(0));
            assertArrayEquals(new Object[] {"A", ""}, (Object[]) variables.get(1));
            assertEquals(List.of("x", "y z"), guest.call("cli/environment", "get-arguments"));
            assertEquals(Optional.empty(), guest.call("cli/environment", "initial-cwd"));
        }
    }

    @Test
    void inheritsNothing() {
        try (var guest = new Guest()) {
            assertEquals(List.of(), guest.call("cli/environment", "get-environment"));
            assertEquals(List.of(), guest.call("cli/environment", "get-arguments"));
            assertEquals(List.of(), guest.call("filesystem/preopens", "get-directories"));
        }
    }

    @Test
    void exitUnwindsWithWhatTheGuestSaid() {
        try (var guest = new Guest()) {
            var well = assertThrows(GuestExitException.class, () -> guest.call("cli/exit", "exit", Result.Value.ok()));
            assertEquals(true, well.ok());
            var badly =
                    assertThrows(GuestExitException.class, () -> guest.call("cli/exit", "exit", Result.Value.err()));
            assertEquals(1, badly.code());
        }
    }

    @Test
    void thereIsNeverATerminal() {
        try (var guest = new Guest()) {
            for (var stream : List.of("stdin", "stdout", "stderr")) {
                assertEquals(Optional.empty(), guest.call("cli/terminal-" + stream, "get-terminal-" + stream));
            }
        }
    }

    @Test
    void standardStreamsOutliveTheHandlesToThem() {
        var lines = new ArrayList<String>();
        try (var guest = new Guest(
                WasiContext.builder().stdin(new ByteInput(bytes("input"))).stdout(new LineOutput(100, lines::add)))) {
            var in = guest.call("cli/stdin", "get-stdin");
            assertArrayEquals(bytes("in"), (byte[]) ok(guest.method("io/streams", "input-stream", "read", in, 2L)));
            guest.drop("io/streams", "input-stream", in);
            var again = guest.call("cli/stdin", "get-stdin");
            assertArrayEquals(bytes("put"), (byte[]) ok(guest.method("io/streams", "input-stream", "read", again, 9L)));
            err(guest.method("io/streams", "input-stream", "read", again, 9L));

            print(guest, "one\ntw");
            print(guest, "o\nrest");
            assertEquals(List.of("one", "two"), lines);
        }
        assertEquals(List.of("one", "two", "rest"), lines, "the last line comes when the store closes");
    }

    private static void print(Guest guest, String text) {
        var out = guest.call("cli/stdout", "get-stdout");
        ok(guest.method("io/streams", "output-stream", "blocking-write-and-flush", out, bytes(text)));
        guest.drop("io/streams", "output-stream", out);
    }

    @Test
    void longLinesAreCutBetweenCharacters() {
        var lines = new ArrayList<String>();
        try (var out = new LineOutput(5, lines::add)) {
            out.write(bytes("ééé€€€😀😀\n"));
            out.write(bytes("12345\n123456\n\n"));
            out.write(new byte[] {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80});
        }
        assertEquals(
                List.of("éé", "é€", "€", "€", "😀", "😀", "12345", "12345", "6", "", "\uFFFD".repeat(5), "\uFFFD"),
                lines);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

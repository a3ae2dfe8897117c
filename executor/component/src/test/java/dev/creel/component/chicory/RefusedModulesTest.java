package dev.creel.component.chicory;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.core.InvalidModuleException;
import dev.creel.component.engine.CoreGuests;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RefusedModulesTest {
    private final ChicoryEngine engine = new ChicoryEngine();

    private String refusal(byte[] wasm) {
        return assertThrows(InvalidModuleException.class, () -> engine.parse(wasm))
                .getMessage();
    }

    @ParameterizedTest
    @CsvSource({"simd,SIMD", "memory64,memory64", "threads,shared memory", "gc,garbage collected"})
    void namesTheFeatureThatItLacks(String guest, String feature) {
        var refusal = refusal(CoreGuests.wasm(guest));
        assertTrue(refusal.startsWith("unsupported") && refusal.contains(feature), refusal);
    }

    @Test
    void saysWhatIsNotAModule() {
        assertTrue(refusal(new byte[0]).startsWith("malformed"));
        assertTrue(refusal("hello, wasm".getBytes(StandardCharsets.UTF_8)).startsWith("malformed"));
        assertTrue(refusal(new byte[] {0, 'a', 's', 'm', 0x0d, 0, 1, 0}).contains("component"));
    }

    @Test
    void refusesAModuleThatEndsAnywhereTooEarly() {
        var wasm = CoreGuests.wasm("user");
        var whole = IntStream.range(0, wasm.length)
                .filter(length -> parses(Arrays.copyOf(wasm, length)))
                .count();
        // Between sections a shorter module can be a valid one.
        assertTrue(whole < 8, whole + " shorter modules are valid");
    }

    private boolean parses(byte[] wasm) {
        try {
            engine.parse(wasm);
            return true;
        } catch (InvalidModuleException refused) {
            return false;
        }
    }

    @Test
    void refusesAModuleThatDoesNotTypeCheck() {
        var wasm = CoreGuests.wasm("passive");
        // The last instruction before the last end: memory.init's length, a constant, becomes drop and nop.
        var body = wasm.clone();
        for (var at = 0; at + 1 < body.length; at++) {
            if (body[at] == 0x41 && body[at + 1] == 4) {
                body[at] = 0x1a;
                body[at + 1] = 1;
            }
        }
        assertTrue(refusal(body).startsWith("invalid"));
    }

    @ParameterizedTest
    @CsvSource({
        // A function type of 2^25 parameters; of 2^27 results; a group of 2^28 types.
        "types,0061736d 01000000 0109 01 60 80808010 0000 0000",
        "results,0061736d 01000000 0109 01 60 00 80808040 00 0000",
        "group,0061736d 01000000 0108 01 4e 80808080 01 00",
        // Names of 2^27 bytes: of an imported function, and of an export.
        "import,0061736d 01000000 0209 01 016d 80808040 0000",
        "export,0061736d 01000000 0707 01 80808040 0000",
        // A passive data segment of 2 GiB, an element segment of 2^28 functions.
        "data,0061736d 01000000 0b08 01 01 ffffffff07 00",
        "elements,0061736d 01000000 0909 01 01 00 8080808001 00",
        // Two times 49,999 locals.
        "locals,0061736d 01000000 0104016000 00 03020100 0a0c 01 0a 02 cf86037f cf86037f 0b"
    })
    void countsThatCannotBeAreRefusedBeforeRoomIsMade(String what, String hex) {
        var thread = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        refusal(new byte[0]);
        long before = thread.getCurrentThreadAllocatedBytes();
        var refusal = refusal(java.util.HexFormat.of().parseHex(hex.replace(" ", "")));
        long allocated = thread.getCurrentThreadAllocatedBytes() - before;
        assertTrue(refusal.startsWith("malformed"), what + ": " + refusal);
        assertTrue(allocated < 1_000_000, what + " took " + allocated + " bytes: " + refusal);
    }
}

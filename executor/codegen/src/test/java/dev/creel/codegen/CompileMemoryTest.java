package dev.creel.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.core.InvalidModuleException;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How much memory compiling takes: a process of its own has no more. */
@Timeout(120)
final class CompileMemoryTest {
    /** Bytes of a function with its size, its locals and its end. */
    private static final int FUNCTION_MAX = 1 << 20;

    private static final byte[] TURN = {
        0x02, 0x40, 0x20, 0, 0x45, 0x0d, 0, 0x20, 1, 0x41, 7, 0x6a, 0x22, 0, 0x28, 2, 4, 0x20, 1, 0x6a, 0x21, 1, 0x0b
    };

    @TempDir
    Path folder;

    /** Nearly half of a JavaScript engine, whose instructions alone would fill this heap several times. */
    @Test
    void compilesALargeModuleInLittleMemory() throws Exception {
        var module = new MadeModule();
        var type = module.type(2, 1);
        for (var i = 0; i < 4000; i++) {
            var code = new ByteArrayOutputStream();
            for (var k = 0; k < 30; k++) {
                code.writeBytes(TURN);
                code.writeBytes(new byte[] {0x20, 0, 0x20, 1, 0x10});
                MadeModule.number(code, (i * 7 + k) % 4000);
                code.writeBytes(new byte[] {0x21, 0});
            }
            code.writeBytes(new byte[] {0x20, 0});
            module.function(type, code.toByteArray());
        }
        assertEquals("compiled", compiledAlone(module, "-Xmx96m"));
    }

    /** Functions as large as they may be, of switches with nothing but labels. */
    @Test
    void compilesTheLargestFunctionsInAGibibyte() throws Exception {
        var module = new MadeModule();
        var type = module.type(1, 1);
        for (var i = 0; i < 3; i++) {
            var code = new ByteArrayOutputStream();
            code.writeBytes(new byte[] {0x02, 0x40});
            while (code.size() < FUNCTION_MAX - 5000) {
                code.writeBytes(new byte[] {0x02, 0x40, 0x20, 0, 0x0e});
                MadeModule.number(code, 4000);
                for (var k = 0; k <= 4000; k++) {
                    code.write(k & 1);
                }
                code.write(0x0b);
            }
            code.writeBytes(new byte[] {0x0b, 0x20, 0});
            module.function(type, code.toByteArray());
        }
        assertEquals("compiled", compiledAlone(module, "-Xmx1g"));
    }

    @Test
    void refusesAFunctionOfMoreThanAMebibyte() {
        var module = new MadeModule();
        module.function(module.type(0, 0), nothing(FUNCTION_MAX - 4));
        var refused = assertThrows(InvalidModuleException.class, () -> new CodegenEngine().parse(module.wasm()));
        assertEquals(InvalidModuleException.Kind.TOO_LARGE, refused.kind());
        assertTrue(String.valueOf(refused.getMessage()).contains("at most 1048576 are taken"), refused.getMessage());
    }

    @Test
    void takesAFunctionOfAMebibyte() {
        var module = new MadeModule();
        module.function(module.type(0, 0), nothing(FUNCTION_MAX - 5));
        assertEquals(0, new CodegenEngine().parse(module.wasm()).imports().size());
    }

    /** A few bytes each, which would be gigabytes in memory. */
    @Test
    void refusesMoreLocalsThanFunctionsOfThatSizeHave() {
        var module = new MadeModule();
        var type = module.type(0, 0);
        for (var i = 0; i < 10; i++) {
            module.function(type, 50_000, new byte[0]);
        }
        var refused = assertThrows(InvalidModuleException.class, () -> new CodegenEngine().parse(module.wasm()));
        assertEquals(InvalidModuleException.Kind.TOO_LARGE, refused.kind());
    }

    @Test
    void takesAFunctionOfFiftyThousandLocals() {
        var module = new MadeModule();
        module.function(module.type(0, 0), 50_000, new byte[0]);
        assertEquals(0, new CodegenEngine().parse(module.wasm()).imports().size());
    }

    /** Each would be a class. */
    @Test
    void refusesMoreThanTwentyThousandFunctionTypes() {
        var module = new MadeModule();
        for (var i = 0; i <= 20_000; i++) {
            module.type(i / 200, i % 200);
        }
        var refused = assertThrows(InvalidModuleException.class, () -> new CodegenEngine().parse(module.wasm()));
        assertEquals(InvalidModuleException.Kind.TOO_LARGE, refused.kind());
    }

    private static byte[] nothing(int count) {
        var result = new byte[count];
        Arrays.fill(result, (byte) 0x01);
        return result;
    }

    private String compiledAlone(MadeModule module, String memory) throws IOException, InterruptedException {
        var file = Files.write(folder.resolve("made.wasm"), module.wasm());
        var classes = Stream.of("jdk.module.path", "java.class.path")
                .map(System::getProperty)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(File.pathSeparator));
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        memory,
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        classes + File.pathSeparator + Path.of("target", "test-classes"),
                        CompileAlone.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        try (var output = process.getInputStream()) {
            var said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return said.strip();
        }
    }
}

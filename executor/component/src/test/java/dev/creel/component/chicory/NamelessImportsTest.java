package dev.creel.component.chicory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.creel.component.core.CoreImport;
import dev.creel.component.engine.CoreGuests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Functions imported under two empty names. */
final class NamelessImportsTest {
    private static byte[] nameless() throws IOException {
        return Files.readAllBytes(Path.of("src/test/guests/abi/nameless.wasm"));
    }

    @Test
    void areParsedAndKeepTheirNames() throws IOException {
        var module = new ChicoryEngine().parse(nameless());
        assertEquals(
                List.of("", "", ""),
                module.imports().stream().map(CoreImport::module).toList());
        assertEquals(
                List.of("", "memory", ""),
                module.imports().stream().map(CoreImport::name).toList());
    }

    @Test
    void otherModulesStayAsTheyAre() {
        var module = CoreGuests.wasm("spectest");
        assertSame(module, NamelessImports.named(module));
    }

    @Test
    void whatIsCutShortStaysAsItIs() throws IOException {
        var module = nameless();
        int importsEnd = 37;
        for (int length = 0; length < importsEnd; length++) {
            var cut = Arrays.copyOf(module, length);
            assertArrayEquals(cut, NamelessImports.named(cut), "cut at " + length);
        }
    }
}

package dev.creel.codegen;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.creel.codegen.emit.Layout;
import dev.creel.codegen.emit.ModuleEmitter;
import dev.creel.codegen.emit.SplitSizes;
import dev.creel.codegen.emit.Survey;
import dev.creel.component.chicory.ValidatedModule;
import java.io.IOException;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

final class DeterminismTest {
    @Test
    void theSameModuleGivesTheSameBytes() throws IOException {
        for (var name : new String[] {"traps", "flow"}) {
            var first = classes(name);
            var second = classes(name);
            assertEquals(first.keySet(), second.keySet());
            first.forEach((file, bytes) -> assertArrayEquals(bytes, second.get(file), file));
        }
    }

    private static SortedMap<String, byte[]> classes(String name) throws IOException {
        var survey = new Survey();
        var module = ValidatedModule.of(Guests.wasm(name), key -> false, survey::add);
        return ModuleEmitter.classes(new Layout(module, survey, "test.G", new SplitSizes(0, 20, 20, 8, 3, 60, 0)));
    }
}

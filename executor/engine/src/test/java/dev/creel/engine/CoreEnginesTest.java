package dev.creel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.codegen.CodegenEngine;
import dev.creel.component.chicory.ChicoryEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CoreEnginesTest {
    private static final CoreEngines BOTH = CoreEngines.of(new CodegenEngine(), new ChicoryEngine());

    private static CompiledComponent compiled(CoreEngines engines, String guest) {
        return CompiledComponent.of(Trial.bytes(guest), engines, GuestInterfaces.all());
    }

    @Test
    void whatTheFirstEngineLacksRunsOnTheOtherAndSaysSo() throws Exception {
        var compiled = compiled(BOTH, "manyparams.wasm");
        var note = compiled.facts().note().orElseThrow();
        assertTrue(note.startsWith("runs on chicory-1.7.5, because codegen-1 lacks something: "), note);
        assertTrue(note.contains("126 parameters"), note);
        var trial = new Trial(compiled);
        trial.cgi = Optional.of(new CgiCall(List.of("many"), Map.of()));
        assertEquals(new GuestOutcome.Responded(), trial.run("GET", "/", ""));
        assertEquals("many", trial.text());
    }

    @Test
    void whatTheFirstEngineRunsHasNothingToSay() {
        assertEquals(Optional.empty(), compiled(BOTH, "command.wasm").facts().note());
    }

    @Test
    void withoutAnotherEngineItIsRefused() {
        var refused = assertThrows(
                RefusedComponentException.class,
                () -> compiled(CoreEngines.only(new CodegenEngine()), "manyparams.wasm"));
        assertTrue(String.valueOf(refused.getMessage()).contains("126 parameters"), refused.getMessage());
    }

    @Test
    void whatIsWrongIsNotTriedOnTheOtherEngine() {
        var whole = Trial.bytes("manyparams.wasm");
        var wrong = Arrays.copyOf(whole, whole.length - 1);
        var only = assertThrows(
                RefusedComponentException.class,
                () -> CompiledComponent.of(wrong, CoreEngines.only(new ChicoryEngine()), GuestInterfaces.all()));
        var both = assertThrows(
                RefusedComponentException.class, () -> CompiledComponent.of(wrong, BOTH, GuestInterfaces.all()));
        assertEquals(only.getMessage(), both.getMessage());
    }
}

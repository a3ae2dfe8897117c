package dev.creel.component.engine;

import static dev.creel.component.engine.CoreGuests.i32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.core.CoreEngine;
import dev.creel.component.core.InvalidModuleException;
import org.junit.jupiter.api.Test;

/** Valid modules that a parser can misread, or take for invalid. */
public abstract class ParsingContract {
    private final CoreEngine engine;

    /** Asks {@code engine}. */
    protected ParsingContract(CoreEngine engine) {
        this.engine = engine;
    }

    @Test
    void aBlocksTypeIsNotTakenForTheShortFormOfAnother() {
        var instance = CoreGuests.instance(engine, "many-types");
        assertEquals(5, i32(instance, "block"));
        assertEquals(8, i32(instance, "if", 1));
        assertEquals(14, i32(instance, "if", 0));
        assertEquals(14, i32(instance, "loop", 4));
        assertEquals(9, i32(instance, "real"));
        assertEquals(10, i32(instance, "try"));
    }

    @Test
    void functionsReferToThemselvesWhereTheModuleMentionsThem() {
        var instance = CoreGuests.instance(engine, "self-reference");
        assertEquals(0, i32(instance, "exported"));
        assertEquals(0, i32(instance, "global"));
        assertEquals(0, i32(instance, "element"));
    }

    @Test
    void aReferenceToWhatTheModuleNowhereMentionsIsRefused() {
        var wasm = CoreGuests.wasm("self-reference");
        // The global is null instead.
        for (var at = 0; at + 2 < wasm.length; at++) {
            if (wasm[at] == (byte) 0xd2 && wasm[at + 1] == 1 && wasm[at + 2] == 0x0b) {
                wasm[at] = (byte) 0xd0;
                wasm[at + 1] = 0x70;
                break;
            }
        }
        var refusal = assertThrows(InvalidModuleException.class, () -> engine.parse(wasm))
                .getMessage();
        assertTrue(refusal.contains("undeclared function reference"), refusal);
    }
}

package dev.creel.component.chicory;

import static dev.creel.component.engine.CoreGuests.i32;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.creel.component.engine.CoreGuests;
import dev.creel.component.engine.Padding;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InterpretedFunctionsTest {
    private final ChicoryEngine engine = new ChicoryEngine();

    @Test
    void aFunctionThatTurnsOutTooLargeIsFoundAndInterpreted() {
        var code = (ChicoryCode) engine.compile(engine.parse(Padding.barely(CoreGuests.wasm("owner"))), "owner");
        assertEquals(BitSet.valueOf(new long[] {1}), code.classes().interpreted());
        assertEquals(42, i32(code.instantiate(List.of(), CoreGuests.UNLIMITED), "call32", 41, 0));
    }

    @Test
    void onlyInterpretedFunctionsKeepTheirInstructions() {
        var code = (ChicoryCode) engine.compile(engine.parse(Padding.EVEN.of(CoreGuests.wasm("owner"))), "owner");
        assertEquals(BitSet.valueOf(new long[] {0b10101}), code.classes().interpreted());
        assertEquals(
                code.classes().interpreted().cardinality(),
                code.classes().bodies().size());
    }
}

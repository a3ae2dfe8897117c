package dev.creel.component.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.component.binary.InvalidComponentException.Kind;
import dev.creel.component.chicory.ChicoryEngine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One component for each rule of validation, kept and broken. */
final class RulesTest {
    @Test
    void everyRuleIsKnown() {
        var engine = new ChicoryEngine();
        var wrong = new ArrayList<String>();
        for (var rule : Rules.load()) {
            String refusal = "";
            try {
                ComponentDecoder.decode(rule.component(), engine, ComponentLimits.DEFAULT);
            } catch (InvalidComponentException e) {
                refusal = String.valueOf(e.getMessage());
                assertNotEquals(Kind.UNSUPPORTED, e.kind(), rule.about());
            }
            if (refusal.isEmpty() != rule.refusal().isEmpty() || !refusal.contains(rule.refusal())) {
                wrong.add(rule.about() + ": " + (refusal.isEmpty() ? "accepted" : refusal));
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(Rules.load().size() > 100);
    }
}

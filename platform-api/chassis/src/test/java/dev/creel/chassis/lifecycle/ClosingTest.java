package dev.creel.chassis.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {
    @Test
    void closesTheNewestFirstOnceAndDespiteFailures() {
        var closed = new ArrayList<String>();
        var closing = new Closing();
        closing.add("first", () -> closed.add("first"));
        closing.add("second", () -> {
            closed.add("second");
            throw new IllegalStateException("broken");
        });
        closing.add("third", () -> closed.add("third"));
        closing.close();
        closing.close();
        assertEquals(List.of("third", "second", "first"), closed);
    }
}

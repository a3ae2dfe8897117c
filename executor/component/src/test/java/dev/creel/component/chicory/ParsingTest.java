package dev.creel.component.chicory;

import dev.creel.component.engine.ParsingContract;

final class ParsingTest extends ParsingContract {
    ParsingTest() {
        super(new ChicoryEngine());
    }
}

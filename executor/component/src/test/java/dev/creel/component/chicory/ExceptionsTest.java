package dev.creel.component.chicory;

import dev.creel.component.engine.ExceptionsContract;

final class ExceptionsTest extends ExceptionsContract {
    ExceptionsTest() {
        super(new ChicoryEngine());
    }
}

package dev.creel.component.chicory;

import dev.creel.component.engine.SharedContract;

final class SharedTest extends SharedContract {
    SharedTest() {
        super(new ChicoryEngine());
    }
}

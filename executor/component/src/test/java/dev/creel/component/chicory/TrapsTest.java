package dev.creel.component.chicory;

import dev.creel.component.engine.TrapsContract;

final class TrapsTest extends TrapsContract {
    TrapsTest() {
        super(new ChicoryEngine());
    }
}

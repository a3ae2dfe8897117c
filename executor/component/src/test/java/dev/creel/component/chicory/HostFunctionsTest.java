package dev.creel.component.chicory;

import dev.creel.component.engine.HostFunctionsContract;

final class HostFunctionsTest extends HostFunctionsContract {
    HostFunctionsTest() {
        super(new ChicoryEngine());
    }
}

package dev.creel.component.chicory;

import dev.creel.component.engine.CodeCacheContract;

final class CachedCodeTest extends CodeCacheContract {
    CachedCodeTest() {
        super(ChicoryEngine::new);
    }
}

package dev.creel.codegen;

import dev.creel.component.engine.CodeCacheContract;
import dev.creel.component.engine.ExceptionsContract;
import dev.creel.component.engine.HostFunctionsContract;
import dev.creel.component.engine.ParsingContract;
import dev.creel.component.engine.SharedContract;
import dev.creel.component.engine.TrapsContract;
import org.junit.jupiter.api.Nested;

/** The contract of the engine port; padded functions are large, and cut. */
final class ContractTest {
    @Nested
    final class CachedCode extends CodeCacheContract {
        CachedCode() {
            super(CodegenEngine::new);
        }
    }

    @Nested
    final class Exceptions extends ExceptionsContract {
        Exceptions() {
            super(new CodegenEngine());
        }
    }

    @Nested
    final class Traps extends TrapsContract {
        Traps() {
            super(new CodegenEngine());
        }
    }

    @Nested
    final class Parsing extends ParsingContract {
        Parsing() {
            super(new CodegenEngine());
        }
    }

    @Nested
    final class Shared extends SharedContract {
        Shared() {
            super(new CodegenEngine());
        }
    }

    @Nested
    final class HostFunctions extends HostFunctionsContract {
        HostFunctions() {
            super(new CodegenEngine());
        }
    }
}

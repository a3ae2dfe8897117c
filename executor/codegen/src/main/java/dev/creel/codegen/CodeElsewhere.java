package dev.creel.codegen;

import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreExtern;
import dev.creel.component.core.CoreImport;
import dev.creel.component.core.CoreInstance;
import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.CoreType;
import java.util.List;
import java.util.Map;

/** Code that other processes run. It can be linked, to see whether it fits. */
record CodeElsewhere(List<CoreImport> imports, Map<String, CoreType> exports) implements CoreCode {
    @Override
    public CoreInstance instantiate(List<? extends CoreExtern> given, CoreLimits limits) {
        throw new IllegalStateException("this engine compiles for others and runs nothing");
    }
}

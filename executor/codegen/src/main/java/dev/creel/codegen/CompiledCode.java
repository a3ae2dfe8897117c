package dev.creel.codegen;

import dev.creel.codegen.run.Traps;
import dev.creel.component.core.CoreCode;
import dev.creel.component.core.CoreExtern;
import dev.creel.component.core.CoreImport;
import dev.creel.component.core.CoreInstance;
import dev.creel.component.core.CoreLimits;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.Footprint;
import dev.creel.component.core.LinkException;
import java.util.List;
import java.util.Map;

/** Classes and what instances start from. */
record CompiledCode(String name, InstancePlan plan, LoadedProgram classes) implements CoreCode {
    @Override
    public List<CoreImport> imports() {
        return plan.imports();
    }

    @Override
    public Map<String, CoreType> exports() {
        return plan.exports();
    }

    @Override
    public CoreInstance instantiate(List<? extends CoreExtern> imports, CoreLimits limits) {
        CoreImport.check(plan.imports(), imports, name);
        var made = made(imports, limits);
        if (plan.start() >= 0) {
            made.instance().function(plan.start()).call();
        }
        return made;
    }

    @Override
    public Footprint footprint() {
        return new Footprint(plan.bytes(), classes.program().entry(), classes.bytes());
    }

    private CodegenInstance made(List<? extends CoreExtern> imports, CoreLimits limits) {
        try {
            return Instantiation.of(plan, classes.program(), imports, limits);
        } catch (LinkException refused) {
            throw refused;
        } catch (Throwable thrown) {
            throw Traps.of(thrown);
        }
    }
}

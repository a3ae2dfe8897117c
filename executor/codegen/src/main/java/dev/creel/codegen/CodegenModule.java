package dev.creel.codegen;

import dev.creel.codegen.emit.Survey;
import dev.creel.component.chicory.ValidatedModule;
import dev.creel.component.core.CoreImport;
import dev.creel.component.core.CoreModule;
import dev.creel.component.core.CoreType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A validated module that this engine can run.
 *
 * @param validated without its functions if {@code known}
 * @param survey of its functions; empty if {@code known}
 * @param known its code, or null
 */
record CodegenModule(
        ValidatedModule validated, Survey survey, @Nullable LoadedProgram known) implements CoreModule {
    @Override
    public List<CoreImport> imports() {
        return validated.imports();
    }

    @Override
    public Map<String, CoreType> exports() {
        return validated.exports();
    }
}

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
 * @param validated without its functions if {@code compiled}
 * @param survey of its functions; empty if {@code compiled}
 * @param compiled whether its code is made already
 * @param program its code, if it is loaded
 */
record CodegenModule(
        ValidatedModule validated,
        Survey survey,
        boolean compiled,
        @Nullable LoadedProgram program) implements CoreModule {
    @Override
    public List<CoreImport> imports() {
        return validated.imports();
    }

    @Override
    public Map<String, CoreType> exports() {
        return validated.exports();
    }
}

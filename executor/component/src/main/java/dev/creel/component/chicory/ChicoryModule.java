package dev.creel.component.chicory;

import com.dylibso.chicory.wasm.WasmModule;
import dev.creel.component.core.CoreImport;
import dev.creel.component.core.CoreModule;
import dev.creel.component.core.CoreType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A validated module.
 *
 * @param key code key: equal for modules that differ only in data and custom sections
 * @param decoded with all instructions, many times the size of {@code bytes}; without them if {@code known}
 * @param known the compiled code for {@code key}, or null
 */
record ChicoryModule(
        ModuleBytes bytes,
        String key,
        ModuleShape shape,
        WasmModule decoded,
        @Nullable LoadedClasses known) implements CoreModule {
    @Override
    public List<CoreImport> imports() {
        return shape.imports();
    }

    @Override
    public Map<String, CoreType> exports() {
        return shape.exports();
    }
}

package dev.creel.component.chicory;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import dev.creel.component.core.CoreImport;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.InvalidModuleException;
import java.util.List;
import java.util.Map;

/** A module as Chicory parsed and validated it, for an engine that generates its own code. Immutable; large. */
public final class ValidatedModule {
    private final ChicoryModule parsed;

    private ValidatedModule(ChicoryModule parsed) {
        this.parsed = parsed;
    }

    /**
     * Parses and validates a module.
     *
     * @throws InvalidModuleException if it is malformed, invalid, or uses what Chicory lacks
     */
    public static ValidatedModule of(byte[] wasm) {
        return new ValidatedModule((ChicoryModule) new ChicoryEngine().parse(wasm));
    }

    /** Equal for modules that differ only in data and custom sections. */
    public String codeKey() {
        return parsed.key();
    }

    /** With the instructions of all functions. */
    public WasmModule module() {
        return parsed.decoded();
    }

    /** Imports in module order. */
    public List<CoreImport> imports() {
        return parsed.imports();
    }

    /** Export name → type, in module order. */
    public Map<String, CoreType> exports() {
        return parsed.exports();
    }

    /** Export name → kind and index. */
    public Map<String, Export> places() {
        return parsed.shape().places();
    }

    /** The type of anything that is imported or defined. */
    public CoreType type(ExternalType kind, int index) {
        return parsed.shape().type(kind, index, parsed.decoded());
    }
}

package dev.creel.component.chicory;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import dev.creel.component.core.CoreImport;
import dev.creel.component.core.CoreType;
import dev.creel.component.core.InvalidModuleException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A module as Chicory parsed and validated it, for an engine that generates its own code. Immutable; large. */
public final class ValidatedModule {
    private final String key;
    private final ModuleShape shape;
    private final WasmModule decoded;

    private ValidatedModule(String key, WasmModule decoded) {
        this.key = key;
        this.shape = ModuleShape.of(decoded);
        this.decoded = decoded;
    }

    /**
     * Parses and validates a module.
     *
     * @throws InvalidModuleException if it is malformed, invalid, or uses what Chicory lacks
     */
    public static ValidatedModule of(byte[] wasm) {
        return of(wasm, key -> false);
    }

    /**
     * The same, but a module whose code key is {@code compiled} already, which was valid, is read without its functions'
     * instructions.
     *
     * @throws InvalidModuleException if it is malformed, invalid, or uses what Chicory lacks
     */
    public static ValidatedModule of(byte[] wasm, Predicate<String> compiled) {
        var bytes = new ModuleBytes(wasm);
        var key = bytes.codeKey();
        if (compiled.test(key)) {
            return new ValidatedModule(key, ChicoryEngine.decode(bytes.skeleton(own -> false)));
        }
        var decoded = ChicoryEngine.decode(bytes.wasm());
        Features.checkButVectors(decoded);
        return new ValidatedModule(key, decoded);
    }

    /** Equal for modules that differ only in data and custom sections. */
    public String codeKey() {
        return key;
    }

    /** With the instructions of all functions, unless they are compiled already. */
    public WasmModule module() {
        return decoded;
    }

    /** Imports in module order. */
    public List<CoreImport> imports() {
        return shape.imports();
    }

    /** Export name → type, in module order. */
    public Map<String, CoreType> exports() {
        return shape.exports();
    }

    /** Export name → kind and index. */
    public Map<String, Export> places() {
        return shape.places();
    }

    /** The type of anything that is imported or defined. */
    public CoreType type(ExternalType kind, int index) {
        return shape.type(kind, index, decoded);
    }
}
